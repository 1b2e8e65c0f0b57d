package org.winnow.rank;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Gemm;

/** Gates of one input whose normal scores correlate so much that either could stand for the other. */
public final class Alike {
    private static final double CORRELATION = 0.99;

    private Alike() {}

    /**
     * Finds them.
     *
     * @param sample of normal scores
     * @param gates to find the like of; those of several inputs have none
     * @return for each of the gates the others that are like it, ascending
     */
    public static List<List<Integer>> of(Sample sample, int... gates) {
        int[] inputOfGate = inputOfGate(sample);
        INDArray inputs = Nd4j.createFromArray(sample.inputs()).reshape('c', sample.rows(), sample.width());
        INDArray chosen = Nd4j.create(sample.rows(), gates.length);
        for (int i = 0; i < gates.length; i++) {
            if (inputOfGate[gates[i]] >= 0) {
                chosen.putColumn(i, inputs.getColumn(inputOfGate[gates[i]]));
            }
        }
        INDArray products = Nd4j.createUninitialized(new int[] {gates.length, sample.width()}, 'c');
        Gemm.set(Gemm.transposed(chosen), Gemm.plain(inputs), products);
        List<List<Integer>> alike = new ArrayList<>();
        for (int i = 0; i < gates.length; i++) {
            int row = i;
            alike.add(IntStream.range(0, inputOfGate.length)
                    .filter(gate -> gate != gates[row] && inputOfGate[gate] >= 0)
                    .filter(gate -> Math.abs(products.getFloat(row, inputOfGate[gate])) >= CORRELATION * sample.rows())
                    .boxed()
                    .toList());
        }
        return alike;
    }

    /** The input of each gate that has one alone, else -1. */
    private static int[] inputOfGate(Sample sample) {
        int[] widths = sample.widths();
        int[] inputOfGate = new int[widths.length];
        Arrays.fill(inputOfGate, -1);
        for (int input = 0; input < sample.width(); input++) {
            int gate = sample.gateOfInput()[input];
            inputOfGate[gate] = widths[gate] == 1 ? input : -1;
        }
        return inputOfGate;
    }
}
