package org.winnow.model;

import java.io.Serializable;

/**
 * A product of two inputs after a screen: one row in a table. Products are of the inputs' ranks (degree 1), where one turns
 * the other's sign, as in XOR, or of their squares, centred (degree 2), as in rings.
 *
 * @param first input
 * @param second input, after the first
 * @param degree of the polynomials that are multiplied, 1 or 2
 * @param statistic chi-square
 * @param logP natural logarithm of its p-value, for as many products as were tested
 * @param pass that it was found in, from 1
 * @param significant whether it goes with the target, at the level of all products together
 */
public record ScreenedProduct(
        int first, int second, int degree, double statistic, double logP, int pass, boolean significant)
        implements Serializable {}
