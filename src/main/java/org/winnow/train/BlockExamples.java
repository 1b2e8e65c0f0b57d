package org.winnow.train;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.data.Block;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Rows;

/** Rows of a block, with the targets that a head wants. */
record BlockExamples(Block block, Head head) implements Examples {
    @Override
    public int rows() {
        return block.rows();
    }

    @Override
    public MultiDataSet gather(int[] chosen) {
        return new MultiDataSet(inputs(block, chosen), targets(chosen));
    }

    @Override
    public boolean flat() {
        return true;
    }

    @Override
    public void read(int[] chosen, float[] inputs, float[] wanted) {
        int columns = block.columns();
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(block.inputs(), chosen[i] * columns, inputs, i * columns, columns);
        }
        encode(chosen, wanted);
    }

    @Override
    public @Nullable INDArray weights(int[] chosen) {
        if (block.weights().length == 0) {
            return null;
        }
        float[] gathered = new float[chosen.length];
        for (int i = 0; i < chosen.length; i++) {
            gathered[i] = block.weights()[chosen[i]];
        }
        return Nd4j.create(gathered, new long[] {chosen.length, 1}, 'c');
    }

    static INDArray inputs(Block block, int[] chosen) {
        return Rows.gather(block.inputs(), chosen, block.columns());
    }

    private INDArray targets(int[] chosen) {
        int width = head.width();
        float[] gathered = new float[chosen.length * width];
        encode(chosen, gathered);
        INDArray targets = Arena.array(DataType.FLOAT, chosen.length, width);
        targets.data().asNioFloat().put(gathered);
        return targets;
    }

    private void encode(int[] chosen, float[] into) {
        Arrays.fill(into, 0);
        for (int i = 0; i < chosen.length; i++) {
            head.encode(block.targets()[chosen[i]], into, i * head.width());
        }
    }
}
