package org.winnow.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;

/** A tensor of the reference vectors: flat, row-major. */
final class Tensor {
    private final long[] shape;
    private final double[] data;

    private Tensor(long[] shape, double[] data) {
        this.shape = shape;
        this.data = data;
    }

    static boolean isTensor(JsonNode node) {
        return node.isNumber() || (node.has("shape") && node.has("data"));
    }

    /** A tensor, or a bare number as one of shape []. */
    static Tensor of(JsonNode node) {
        if (node.isNumber()) {
            return new Tensor(new long[0], new double[] {node.doubleValue()});
        }
        double[] data = numbers(node.path("data"));
        long[] shape = Arrays.stream(numbers(node.path("shape")))
                .mapToLong(size -> (long) size)
                .toArray();
        if (LongStream.of(shape).reduce(1, Math::multiplyExact) != data.length) {
            throw new IllegalArgumentException(data.length + " numbers in a tensor of shape " + Arrays.toString(shape));
        }
        return new Tensor(shape, data);
    }

    private static double[] numbers(JsonNode array) {
        if (!array.isArray()) {
            throw new IllegalArgumentException("a tensor's shape and data must be arrays, got " + array);
        }
        return StreamSupport.stream(array.spliterator(), false)
                .mapToDouble(number -> {
                    if (!number.isNumber()) {
                        throw new IllegalArgumentException("a tensor must hold numbers, got " + number);
                    }
                    return number.doubleValue();
                })
                .toArray();
    }

    long[] shape() {
        return shape.clone();
    }

    /** The numbers as the precision holds them. */
    double[] data(Precision precision) {
        return Arrays.stream(data).map(precision::round).toArray();
    }

    INDArray array(Precision precision) {
        return Elements.write(data, precision.type, shape);
    }
}
