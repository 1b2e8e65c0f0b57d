package org.winnow.pairs;

/**
 * A product of two columns: of their ranks (degree 1), which sees that one turns the other's sign as in XOR, or of the
 * squares of their ranks (degree 2), which sees rings.
 *
 * @param first column
 * @param second column, after the first
 * @param degree of the polynomials that are multiplied, 1 or 2
 * @param statistic chi-square
 * @param logP logarithm of its p-value, for as many products as were tested
 * @param pass that it was found in, from 1
 */
public record Product(int first, int second, int degree, double statistic, double logP, int pass) {}
