package org.winnow.safetensors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.winnow.check.Check;

/**
 * An array in row-major order.
 *
 * @param type of its elements
 * @param shape sizes of its axes; none for a single number
 * @param data its elements, little-endian
 */
public record Tensor(ElementType type, long[] shape, byte[] data) {
    /**
     * An array of these parts, shared.
     *
     * @throws IllegalArgumentException if the shape has not as many bytes as there are
     */
    public Tensor {
        boolean empty = Arrays.stream(shape).anyMatch(size -> size == 0);
        long bytes = empty ? 0 : type.bytes();
        for (long size : shape) {
            Check.that(size >= 0, "size of an axis", "at least 0", size);
            bytes = empty ? 0 : Math.multiplyExact(bytes, size);
        }
        Check.that(bytes == data.length, "data", bytes + " bytes", data.length);
    }

    /** An array of F32. */
    public static Tensor of(float[] values, long... shape) {
        byte[] data = new byte[values.length * ElementType.F32.bytes()];
        ByteBuffer buffer = buffer(data);
        for (float value : values) {
            buffer.putFloat(value);
        }
        return new Tensor(ElementType.F32, shape, data);
    }

    /** An array of F64. */
    public static Tensor of(double[] values, long... shape) {
        byte[] data = new byte[values.length * ElementType.F64.bytes()];
        ByteBuffer buffer = buffer(data);
        for (double value : values) {
            buffer.putDouble(value);
        }
        return new Tensor(ElementType.F64, shape, data);
    }

    /** A vector of the smallest unsigned type that holds all of some numbers, which are at least 0. */
    public static Tensor unsigned(int... values) {
        Check.that(Arrays.stream(values).allMatch(value -> value >= 0), "values", "at least 0", "a negative one");
        ElementType type = ElementType.unsignedFor(Arrays.stream(values).max().orElse(0));
        byte[] data = new byte[values.length * type.bytes()];
        ByteBuffer buffer = buffer(data);
        for (int value : values) {
            switch (type) {
                case U8 -> buffer.put((byte) value);
                case U16 -> buffer.putShort((short) value);
                default -> buffer.putInt(value);
            }
        }
        return new Tensor(type, new long[] {values.length}, data);
    }

    /** How many elements there are. */
    public int length() {
        return data.length / type.bytes();
    }

    /** All elements as doubles. */
    public double[] doubles() {
        ByteBuffer buffer = buffer(data);
        double[] values = new double[length()];
        Arrays.setAll(values, i -> type.number(buffer, i));
        return values;
    }

    /** All elements as floats, rounded if they are doubles. */
    public float[] floats() {
        ByteBuffer buffer = buffer(data);
        float[] values = new float[length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) type.number(buffer, i);
        }
        return values;
    }

    /**
     * All elements as integers.
     *
     * @throws IllegalArgumentException if they are no whole numbers, or do not fit
     */
    public int[] ints() {
        ByteBuffer buffer = buffer(data);
        int[] values = new int[length()];
        for (int i = 0; i < values.length; i++) {
            long value = type.integer(buffer, i);
            Check.that(value == (int) value, "elements", "of 32 bits", value);
            values[i] = (int) value;
        }
        return values;
    }

    private static ByteBuffer buffer(byte[] data) {
        return ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return type + Arrays.toString(shape);
    }
}
