package org.winnow.pairs;

import java.io.Serializable;
import org.winnow.data.Block;

/**
 * What a regression explains the targets by: the polynomial of one degree of one column, or of two, multiplied.
 *
 * @param columns one or two
 */
record Term(int degree, int... columns) implements Serializable {
    double of(Polynomials polynomials, Block block, int row) {
        double product = 1;
        for (int column : columns) {
            product *= polynomials.of(column, degree, block.inputs()[row * block.columns() + column]);
        }
        return product;
    }
}
