package org.winnow.model;

import java.io.Serializable;

/**
 * An input after a screen of inputs and products: one row in a table. Logarithms are natural ones of p-values, at most 0.
 *
 * @param input its place
 * @param gate that it belongs to
 * @param statistic chi-square of the input alone, over all degrees of its polynomials
 * @param freedom degrees of freedom of the statistic; 0 of an input that does not vary
 * @param logAlone p-value of the input alone
 * @param partner the input that it makes the best product with; -1 if it was in no pair
 * @param degree of the polynomials that are multiplied, 1 or 2; 0 if it was in no pair
 * @param logPair p-value of that product, for as many as the input is in
 * @param logResidual p-value of the input, alone or in a product, against what a first pass left unexplained; 0 without a
 *     second pass
 * @param logP p-value of the input, all in all
 */
public record ScreenedInput(
        int input,
        int gate,
        double statistic,
        int freedom,
        double logAlone,
        int partner,
        int degree,
        double logPair,
        double logResidual,
        double logP)
        implements Serializable {}
