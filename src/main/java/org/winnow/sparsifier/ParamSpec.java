package org.winnow.sparsifier;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/**
 * A parameter that a layer is to have.
 *
 * @param name in camel case
 * @param kind what it is to the layer
 * @param trainable whether gradients change it
 * @param initial its first values
 * @param shape its sizes, each at least 1
 */
public record ParamSpec(String name, Kind kind, boolean trainable, Initial initial, long... shape) {
    /** What a parameter is to the layer. */
    public enum Kind {
        /** The weight of the operator. */
        WEIGHT,
        /** Added to the output. */
        BIAS,
        /** Belongs to the sparsifier: variances, gates, masks. Not to be decayed, and not counted as a weight. */
        SPARSIFIER
    }

    public ParamSpec {
        Check.that(name.matches("[a-z][a-zA-Z0-9]*"), "name of a parameter", "in camel case", name);
        Check.that(
                LongStream.of(shape).allMatch(size -> size >= 1),
                "shape",
                "of sizes of at least 1",
                Arrays.toString(shape));
        shape = shape.clone();
    }

    /** How many numbers it has. */
    public long length() {
        return LongStream.of(shape).reduce(1, Math::multiplyExact);
    }

    /** Gives an array of this shape its first values; the name chooses the stream's branch. */
    public void initialize(INDArray array, Noise stream) {
        Noise own = stream.child(name.hashCode());
        double[] values = new double[Math.toIntExact(length())];
        Arrays.setAll(values, i -> initial.value(own, i));
        array.assign(Elements.write(values, array.dataType(), shape));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ParamSpec that
                && name.equals(that.name)
                && kind == that.kind
                && trainable == that.trainable
                && Arrays.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, kind, trainable, Arrays.hashCode(shape));
    }
}
