package org.winnow.pairs;

/**
 * A column after a screen.
 *
 * @param input its place
 * @param gate that it belongs to
 * @param statistic chi-square of the column alone, over all its degrees
 * @param freedom degrees of freedom of the statistic; 0 of a column that does not vary
 * @param logAlone logarithm of the p-value of the column alone
 * @param partner the column that it makes the best product with; -1 if it was in no pair
 * @param degree of the polynomials that are multiplied, 1 or 2; 0 if it was in no pair
 * @param logPair logarithm of the p-value of that product, for as many as the column is in
 * @param logResidual logarithm of the p-value of the column, alone or in a product, against what passes left unexplained; 0
 *     if there was no second pass
 * @param logP logarithm of the p-value of the column, all in all
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
        double logP) {}
