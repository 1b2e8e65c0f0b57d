package org.winnow.train;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.winnow.check.Check;
import org.winnow.kernel.Rows;

/**
 * Rows of DL4J's data sets as plain arrays, so that a shard travels and is kept without ND4J's own serialisation.
 *
 * @param rows how many
 * @param features of each input of the network, row after row
 * @param labels of each output
 * @param featureShapes of a row of each input
 * @param labelShapes of a row of each output
 */
record ArrayExamples(int rows, float[][] features, float[][] labels, long[][] featureShapes, long[][] labelShapes)
        implements Examples {

    /**
     * The rows of data sets of one shape, one after the other.
     *
     * @throws IllegalArgumentException if they have masks, whose averages over minibatches would be weighted wrongly
     */
    static ArrayExamples of(List<? extends org.nd4j.linalg.dataset.api.MultiDataSet> parts) {
        if (parts.isEmpty()) {
            return new ArrayExamples(0, new float[0][], new float[0][], new long[0][], new long[0][]);
        }
        for (org.nd4j.linalg.dataset.api.MultiDataSet part : parts) {
            Check.that(
                    part.getFeaturesMaskArrays() == null && part.getLabelsMaskArrays() == null,
                    "training data",
                    "without mask arrays",
                    "data sets that have them");
        }
        org.nd4j.linalg.dataset.api.MultiDataSet all = parts.size() == 1 ? parts.get(0) : MultiDataSet.merge(parts);
        return new ArrayExamples(
                Math.toIntExact(all.getFeatures(0).size(0)),
                flat(all.getFeatures()),
                flat(all.getLabels()),
                shapes(all.getFeatures()),
                shapes(all.getLabels()));
    }

    @Override
    public MultiDataSet gather(int[] chosen) {
        return new MultiDataSet(gather(features, featureShapes, chosen), gather(labels, labelShapes, chosen));
    }

    private static INDArray[] gather(float[][] from, long[][] shapes, int[] chosen) {
        INDArray[] gathered = new INDArray[from.length];
        for (int i = 0; i < from.length; i++) {
            gathered[i] = Rows.gather(from[i], chosen, shapes[i]);
        }
        return gathered;
    }

    private static float[][] flat(INDArray[] arrays) {
        return Arrays.stream(arrays)
                .map(array -> array.dup('c').data().asFloat())
                .toArray(float[][]::new);
    }

    private static long[][] shapes(INDArray[] arrays) {
        return Arrays.stream(arrays)
                .map(array -> Arrays.copyOfRange(array.shape(), 1, array.rank()))
                .toArray(long[][]::new);
    }
}
