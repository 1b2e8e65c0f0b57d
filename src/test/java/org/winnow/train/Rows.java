package org.winnow.train;

import org.winnow.data.Block;
import org.winnow.kernel.Noise;

/** Rows to learn from in tests. */
final class Rows {
    static final int COLUMNS = 4;
    static final Head HEAD = Head.classes(2);

    private Rows() {}

    /** Rows whose class is the sign of their first column. */
    static Block block(int rows, int key) {
        float[] inputs = new float[rows * COLUMNS];
        Noise.of(key).normal(inputs, 0);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = inputs[row * COLUMNS] > 0 ? 1 : 0;
        }
        return new Block(rows, COLUMNS, inputs, targets);
    }
}
