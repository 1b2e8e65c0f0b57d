package org.winnow.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Encoder;
import org.winnow.serve.Pointwise;
import org.winnow.serve.PointwiseStep;
import org.winnow.serve.SparseNetwork;
import org.winnow.serve.Step;

/**
 * What a sparse network answers to vectors: numbers of classes before they become probabilities, or one number.
 *
 * @param slice takes what the encoder wants
 * @param network without a softmax at its end
 */
record Answers(Slice slice, Encoder encoder, SparseNetwork network) {
    /** What a model's network answers. */
    static Answers of(SparsePredictorModel<?> model) {
        PrunedNetwork pruned = model.pruned();
        return of(Outputs.slice(model, pruned), pruned.learned().encoder(), pruned.network());
    }

    /** The answers of a network, whose softmax is left out if it ends in one. */
    static Answers of(Slice slice, Encoder encoder, SparseNetwork whole) {
        List<Step> steps = whole.steps();
        boolean probable =
                steps.get(steps.size() - 1) instanceof PointwiseStep last && last.function() == Pointwise.SOFTMAX;
        SparseNetwork network =
                probable ? new SparseNetwork(whole.width(), whole.inputs(), steps.subList(0, steps.size() - 1)) : whole;
        return new Answers(slice, encoder, network);
    }

    /** The answer to a vector; null and numbers that are not finite are missing, where that is allowed. */
    Vector call(@Nullable Vector vector) {
        Vector given = slice.call(vector);
        double[] values = new double[slice.selected().length];
        if (given == null) {
            Arrays.fill(values, Double.NaN);
        } else {
            Arrays.setAll(values, i -> Double.isFinite(given.apply(i)) ? given.apply(i) : Double.NaN);
        }
        return vector(network.answer(encoder.encode(values)));
    }

    /** Probabilities of the classes, as the network's last step makes them. */
    static Vector probabilities(Vector raw) {
        float[] numbers = new float[raw.size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = (float) raw.apply(i);
        }
        float[] probabilities = new float[numbers.length];
        new PointwiseStep(Pointwise.SOFTMAX, numbers.length).apply(numbers, 1, probabilities);
        return vector(probabilities);
    }

    private static Vector vector(float[] numbers) {
        double[] values = new double[numbers.length];
        Arrays.setAll(values, i -> numbers[i]);
        return Vectors.dense(values);
    }
}
