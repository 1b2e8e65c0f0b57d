package org.winnow.operator;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.winnow.check.Check;
import org.winnow.kernel.Halves;
import org.winnow.kernel.Planes;
import org.winnow.kernel.Rows;
import org.winnow.kernel.Strips;
import org.winnow.kernel.Views;

/**
 * How one axis of an array holds the features of its examples: one input after the other, and each of them as real
 * numbers, or as complex numbers whose real parts come first and imaginary parts second.
 *
 * @param axis which axis
 * @param complex whether a number is two features, its parts
 * @param sizes the count of numbers of each input, at least 1
 */
public record Features(Axis axis, boolean complex, List<Integer> sizes) implements Serializable {
    /** Where the features are. */
    public enum Axis {
        /** {@code [leading axes..., features]}, as for linear maps: any number of leading axes, also none. */
        LAST,
        /** {@code [batch, features, positions...]}, as for convolutions. */
        SECOND;

        /** Which axis this is among so many. */
        public int of(int rank) {
            Check.that(
                    rank > (this == LAST ? 0 : 1),
                    "array",
                    this == LAST ? "[..., features]" : "[batch, features, ...]",
                    rank + " axes");
            return this == LAST ? rank - 1 : 1;
        }
    }

    public Features {
        sizes = List.copyOf(sizes);
        sizes.forEach(size -> Check.atLeast(1, size, "size of an input"));
    }

    /**
     * The complex features of an array of a shape.
     *
     * @throws IllegalArgumentException if the axis has no two halves
     */
    public static Features complexOf(Axis axis, long... shape) {
        long size = shape[axis.of(shape.length)];
        Check.that(size % 2 == 0, "features", "an even number, real and imaginary parts", size);
        return new Features(axis, true, List.of((int) (size / 2)));
    }

    static Features last(Integer... sizes) {
        return new Features(Axis.LAST, false, List.of(sizes));
    }

    static Features second(int size) {
        return new Features(Axis.SECOND, false, List.of(size));
    }

    /** How many numbers there are, real or complex. */
    public int numbers() {
        return sizes.stream().mapToInt(Integer::intValue).sum();
    }

    /** The size of the axis: twice {@link #numbers} if they are complex. */
    public int width() {
        return parts() * numbers();
    }

    int parts() {
        return complex ? 2 : 1;
    }

    /**
     * Requires an array whose features are these.
     *
     * @throws IllegalArgumentException naming the array
     */
    public void check(INDArray a, String name) {
        boolean fits = a.rank() > firstAxis() && a.size(axisOf(a)) == width();
        Check.that(fits, name, pattern(), "shape " + Arrays.toString(a.shape()));
    }

    /**
     * The shape of an array with other features in the place of these.
     *
     * @throws IllegalArgumentException if the shape given does not have these
     */
    long[] replacedBy(Features other, long... shape) {
        boolean fits = shape.length > firstAxis() && shape[axisOf(shape.length)] == width();
        Check.that(fits, "x", pattern(), "shape " + Arrays.toString(shape));
        long[] replaced = shape.clone();
        replaced[axisOf(shape.length)] = other.width();
        return replaced;
    }

    /** A view of the real (0) or imaginary (1) parts of an input. */
    public INDArray part(INDArray a, int input, int part) {
        if (parts() * sizes.size() == 1) {
            return a;
        }
        int before = sizes.stream().limit(input).mapToInt(Integer::intValue).sum();
        int from = parts() * before + part * sizes.get(input);
        return Views.interval(a, axisOf(a), from, sizes.get(input));
    }

    /** From one value for each number to one for each of its parts; the array itself if numbers are real. */
    public INDArray spread(INDArray perNumber) {
        if (!complex) {
            return perNumber;
        }
        if (inHalves(perNumber)) {
            return ofParts(perNumber, perNumber);
        }
        Features real = real();
        return join(perNumber, inputs().flatMap(i -> {
            INDArray values = real.part(perNumber, i, 0);
            return Stream.of(values, values);
        }));
    }

    /** The sum of the parts of each number, the transpose of {@link #spread}; the array itself if numbers are real. */
    public INDArray fold(INDArray a) {
        if (inHalves(a)) {
            return Halves.sum(a, rows(a.shape()), replacedBy(real(), a.shape()));
        }
        return complex ? join(a, inputs().map(i -> part(a, i, 0).add(part(a, i, 1)))) : a;
    }

    /** Complex numbers of one input from their parts. */
    public INDArray ofParts(INDArray real, INDArray imaginary) {
        return inHalves(real)
                ? Halves.join(real, imaginary, rows(real.shape()), real().replacedBy(this, real.shape()))
                : Nd4j.concat(axisOf(real), real, imaginary);
    }

    /** Complex numbers of one input whose imaginary parts are 0. */
    public INDArray ofReal(INDArray real) {
        return inHalves(real)
                ? Halves.beforeZeros(real, rows(real.shape()), real().replacedBy(this, real.shape()))
                : ofParts(real, Nd4j.zerosLike(real));
    }

    /** A copy of the real parts of one input. */
    public INDArray realParts(INDArray a) {
        return inHalves(a)
                ? Halves.first(a, rows(a.shape()), replacedBy(real(), a.shape()))
                : part(a, 0, 0).dup('c');
    }

    /** Whether there is a faster way to parts: for one input of floats. */
    private boolean inHalves(INDArray a) {
        return complex && sizes.size() == 1 && a.dataType() == DataType.FLOAT;
    }

    /** How many rows of features (and their positions) there are. */
    private int rows(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).limit(axisOf(shape.length)).reduce(1, Math::multiplyExact));
    }

    /** The modulus of each number. */
    public INDArray modulus(INDArray a) {
        return Transforms.sqrt(fold(a.mul(a)), false);
    }

    /** The chosen part of each input, as the features of {@link #real}. */
    INDArray select(INDArray a, int[] parts) {
        return join(a, inputs().map(i -> part(a, i, parts[i])));
    }

    /** As many real numbers. */
    Features real() {
        return new Features(axis, false, sizes);
    }

    Features asComplex() {
        return new Features(axis, true, sizes);
    }

    /** Adds a number to each feature, in place: {@code bias} is {@code [width]}. Returns y. */
    public INDArray addBias(INDArray y, INDArray bias) {
        if (axis == Axis.SECOND && y.dataType() == DataType.FLOAT) {
            Planes.add(y, bias);
            return y;
        }
        if (axis == Axis.SECOND) {
            return y.addi(along(bias, y.rank()));
        }
        for (Strips at = Strips.over(y); at.next(); ) {
            at.add(y, at.read(bias));
        }
        return y;
    }

    /** The sum over all axes but that of the features: {@code [width]}. */
    public INDArray sumOfOthers(INDArray a) {
        if (axis == Axis.SECOND && a.dataType() == DataType.FLOAT) {
            return Planes.sums(a);
        }
        if (axis == Axis.LAST && a.rank() == 2) {
            return Rows.sum(a);
        }
        int[] others = IntStream.range(0, a.rank()).filter(i -> i != axisOf(a)).toArray();
        return others.length == 0 ? a : a.sum(others);
    }

    /** A view of a vector as an array of a rank whose only axis of another size than 1 is that of features. */
    public INDArray along(INDArray vector, int rank) {
        long[] shape = new long[rank];
        Arrays.fill(shape, 1);
        shape[axisOf(rank)] = vector.length();
        return vector.reshape('c', shape);
    }

    /** The shape of one value for each number of each example: of every leading place, or of all positions together. */
    public long[] perExample(long... shape) {
        long[] values = shape.clone();
        if (axis == Axis.SECOND) {
            Arrays.fill(values, 2, values.length, 1);
        }
        values[axisOf(shape.length)] = numbers();
        return values;
    }

    private Stream<Integer> inputs() {
        return IntStream.range(0, sizes.size()).boxed();
    }

    /** Complex inputs from the parts of each. */
    INDArray join(List<INDArray> parts) {
        return parts.size() == 2 ? ofParts(parts.get(0), parts.get(1)) : join(parts.get(0), parts.stream());
    }

    private INDArray join(INDArray pattern, Stream<INDArray> pieces) {
        INDArray[] arrays = pieces.toArray(INDArray[]::new);
        return arrays.length == 1 ? arrays[0] : Nd4j.concat(axisOf(pattern), arrays);
    }

    private int axisOf(INDArray a) {
        return axisOf(a.rank());
    }

    private int axisOf(int rank) {
        return axis.of(rank);
    }

    private int firstAxis() {
        return axis == Axis.LAST ? 0 : 1;
    }

    private String pattern() {
        return axis == Axis.LAST ? "[..., " + width() + "]" : "[batch, " + width() + ", ...]";
    }
}
