package org.winnow.ml;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Encoder;
import org.winnow.serve.Pointwise;
import org.winnow.serve.PointwiseStep;
import org.winnow.serve.SparseNetwork;
import org.winnow.serve.Step;

/** What a sparse network answers to vectors: numbers of classes before they become probabilities, or one number. */
final class Answers implements UDF1<Vector, Vector> {
    private static final long serialVersionUID = 1;

    private final Slice slice;
    private final Encoder encoder;
    private final Broadcast<byte[]> file;
    private transient volatile @Nullable SparseNetwork network;

    /**
     * Answers.
     *
     * @param slice takes what the encoder wants
     * @param file of the network
     */
    Answers(Slice slice, Encoder encoder, Broadcast<byte[]> file) {
        this.slice = slice;
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public Vector call(@Nullable Vector vector) {
        Vector given = slice.call(vector);
        double[] values = new double[slice.selected().length];
        if (given == null) {
            Arrays.fill(values, Double.NaN);
        } else {
            Arrays.setAll(values, i -> Double.isFinite(given.apply(i)) ? given.apply(i) : Double.NaN);
        }
        return vector(network().answer(encoder.encode(values)));
    }

    /** Read once by each task. */
    private SparseNetwork network() {
        SparseNetwork known = network;
        if (known == null) {
            known = withoutSoftmax(PrunedNetwork.network(file.value(), "the network of a model"));
            network = known;
        }
        return known;
    }

    private static SparseNetwork withoutSoftmax(SparseNetwork whole) {
        List<Step> steps = whole.steps();
        return steps.get(steps.size() - 1) instanceof PointwiseStep last && last.function() == Pointwise.SOFTMAX
                ? new SparseNetwork(whole.width(), whole.inputs(), steps.subList(0, steps.size() - 1))
                : whole;
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
