package org.winnow.safetensors;

import java.nio.ByteBuffer;

/** What an array is made of, by the names of the format; all little-endian. */
public enum ElementType {
    BOOL(1),
    U8(1),
    I8(1),
    U16(2),
    I16(2),
    F16(2),
    BF16(2),
    U32(4),
    I32(4),
    F32(4),
    U64(8),
    I64(8),
    F64(8);

    private static final int HALF_EXPONENT = 0x7c00;
    private static final int HALF_FRACTION = 0x3ff;
    private static final int HALF_FRACTION_BITS = 10;
    private static final int HALF_BIAS = 15;

    private final int bytes;

    ElementType(int bytes) {
        this.bytes = bytes;
    }

    /** The size of an element. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are whole numbers. */
    public boolean whole() {
        return switch (this) {
            case F16, BF16, F32, F64 -> false;
            default -> true;
        };
    }

    /** The smallest unsigned type that holds a number of at least 0. */
    public static ElementType unsignedFor(int largest) {
        return largest < 1 << Byte.SIZE ? U8 : largest < 1 << Short.SIZE ? U16 : U32;
    }

    /** An element as a double: exact but for whole numbers beyond 2^53. */
    double number(ByteBuffer data, int index) {
        int at = index * bytes;
        return switch (this) {
            case F16 -> half(data.getShort(at));
            case BF16 -> Float.intBitsToFloat(data.getShort(at) << Short.SIZE);
            case F32 -> data.getFloat(at);
            case F64 -> data.getDouble(at);
            case U64 -> unsigned(data.getLong(at));
            default -> integer(data, index);
        };
    }

    /** An element of a whole type; a U64 above the largest long is negative. */
    long integer(ByteBuffer data, int index) {
        int at = index * bytes;
        return switch (this) {
            case BOOL -> data.get(at) == 0 ? 0 : 1;
            case U8 -> Byte.toUnsignedInt(data.get(at));
            case I8 -> data.get(at);
            case U16 -> Short.toUnsignedInt(data.getShort(at));
            case I16 -> data.getShort(at);
            case U32 -> Integer.toUnsignedLong(data.getInt(at));
            case I32 -> data.getInt(at);
            case U64, I64 -> data.getLong(at);
            default -> throw new IllegalArgumentException("elements must be whole numbers, got " + this);
        };
    }

    private static double unsigned(long bits) {
        return bits >= 0 ? bits : 2.0 * ((bits >>> 1) | (bits & 1));
    }

    /** IEEE 754 binary16. */
    private static double half(short bits) {
        int exponent = (bits & HALF_EXPONENT) >> HALF_FRACTION_BITS;
        int fraction = bits & HALF_FRACTION;
        double magnitude = exponent == 0
                ? Math.scalb((double) fraction, 1 - HALF_BIAS - HALF_FRACTION_BITS)
                : exponent == HALF_EXPONENT >> HALF_FRACTION_BITS
                        ? (fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN)
                        : Math.scalb(
                                (double) (fraction + HALF_FRACTION + 1), exponent - HALF_BIAS - HALF_FRACTION_BITS);
        return bits < 0 ? -magnitude : magnitude;
    }
}
