package org.winnow.data;

/** Encodes rows one after the other into a block of a known size. */
final class BlockBuilder {
    private final Encoder encoder;
    private final int[] kept;
    private final RowWeights weighing;
    private final int columns;
    private final float[] inputs;
    private final float[] targets;
    private final float[] weights;
    private final double[] values;
    private int row;

    /**
     * @param kept where in the rows the encoder's features are
     * @param rows how many will come
     */
    BlockBuilder(Encoder encoder, int[] kept, RowWeights weighing, int rows) {
        this.encoder = encoder;
        this.kept = kept;
        this.weighing = weighing;
        this.columns = encoder.schema().inputs();
        this.inputs = new float[Math.multiplyExact(rows, columns)];
        this.targets = new float[rows];
        this.weights = new float[weighing.given() ? rows : 0];
        this.values = new double[kept.length];
    }

    void add(double[] targetAndFeatures) {
        for (int f = 0; f < kept.length; f++) {
            values[f] = targetAndFeatures[kept[f]];
        }
        encoder.encode(values, inputs, row * columns);
        if (weighing.given()) {
            weights[row] = weighing.of(targetAndFeatures);
        }
        targets[row++] = (float) encoder.target().apply(targetAndFeatures[0]);
    }

    Block build() {
        return new Block(targets.length, columns, inputs, targets, weights);
    }
}
