package org.winnow.kernel;

/**
 * Functions of floats to about one unit in the last place, made of fused multiply-adds only: the same bits on every
 * machine, and in {@link VectorKernel}, which repeats them line by line. Not a number stays so.
 *
 * <p>exp and log follow the Cephes library (Moshier 1989), the normal quantile Giles 2010, "Approximating the erfinv
 * function".
 */
final class FloatMath {
    /** Where e^x stays a normal float. */
    static final float LEAST_EXPONENT = -87.3f;

    static final float LARGEST_EXPONENT = 88.7f;

    /** Adding it rounds to an integer, which is then in the low bits. */
    static final float ROUNDER = 0x1.8p23f;

    static final float LOG2_E = (float) 1.4426950408889634;
    static final float LN2 = (float) 0.6931471805599453;
    /** What LN2 is too large by. */
    static final float LN2_EXCESS = (float) (LN2 - 0.6931471805599453);

    static final int FRACTION_BITS = 23;
    static final int FRACTION = (1 << FRACTION_BITS) - 1;
    static final int ROOT_OF_HALF_BITS = 0x3f3504f3;

    static final float[] EXP =
            scaled(1, 1.9875691500e-4, 1.3981999507e-3, 8.3334519073e-3, 4.1665795894e-2, 1.6666665459e-1, 0.5);
    static final float[] LOG = scaled(
            1,
            7.0376836292e-2,
            -1.1514610310e-1,
            1.1676998740e-1,
            -1.2420140846e-1,
            1.4249322787e-1,
            -1.6668057665e-1,
            2.0000714765e-1,
            -2.4999993993e-1,
            3.3333331174e-1);
    /** {@code 2 atanh(s) / s} as a polynomial of {@code s^2}, for s up to 1/3. */
    static final float[] TWICE_ATANH = scaled(1, 0.281577784, 0.2796515775, 0.4002459523, 0.6666632164, 2);

    static final float NORMAL_SPLIT = 5;
    static final float NORMAL_CENTRE = 2.5f;
    static final float NORMAL_TAIL_CENTRE = 3;
    static final float[] NORMAL = scaled(
            Math.sqrt(2),
            2.81022636e-8,
            3.43273939e-7,
            -3.5233877e-6,
            -4.39150654e-6,
            0.00021858087,
            -0.00125372503,
            -0.00417768164,
            0.246640727,
            1.50140941);
    static final float[] NORMAL_TAIL = scaled(
            Math.sqrt(2),
            -0.000200214257,
            0.000100950558,
            0.00134934322,
            -0.00367342844,
            0.00573950773,
            -0.0076224613,
            0.00943887047,
            1.00167406,
            2.83297682);

    private FloatMath() {}

    /** {@code e^x}, of x kept within the exponents of normal floats. */
    static float exp(float x) {
        float kept = x < LEAST_EXPONENT ? LEAST_EXPONENT : x > LARGEST_EXPONENT ? LARGEST_EXPONENT : x;
        return expOfKept(kept);
    }

    /** {@code 2^n e^r} with n the nearest integer to {@code x / ln 2}. */
    private static float expOfKept(float x) {
        float shifted = Math.fma(x, LOG2_E, ROUNDER);
        float n = shifted - ROUNDER;
        float r = Math.fma(n, LN2_EXCESS, Math.fma(n, -LN2, x));
        float e = Math.fma(polynomial(EXP, r), r * r, r) + 1;
        return Float.intBitsToFloat(Float.floatToRawIntBits(e) + (Float.floatToRawIntBits(shifted) << FRACTION_BITS));
    }

    /** {@code log x}, of x kept at or above the smallest normal float; infinity is not a number here. */
    static float log(float x) {
        float kept = x < Float.MIN_NORMAL ? Float.MIN_NORMAL : x;
        int fromRoot = Float.floatToRawIntBits(kept) - ROOT_OF_HALF_BITS;
        float n = fromRoot >> FRACTION_BITS;
        float r = Float.intBitsToFloat((fromRoot & FRACTION) + ROOT_OF_HALF_BITS) - 1;
        float square = r * r;
        float small = Math.fma(polynomial(LOG, r) * r, square, n * -LN2_EXCESS);
        float log = Math.fma(n, LN2, Math.fma(-0.5f, square, small) + r);
        return Math.fma(kept, 0, log);
    }

    /** {@code 1 / (1 + e^-v)}. */
    static float sigmoid(float v) {
        float e = expOfNegativeSize(v);
        return (v < 0 ? e : 1) / (1 + e);
    }

    /** {@code log(1 + e^v)}. */
    static float softplus(float v) {
        float e = expOfNegativeSize(v);
        float s = e / (2 + e);
        return Math.fma(polynomial(TWICE_ATANH, s * s), s, v < 0 ? 0 : v);
    }

    /** 1 for numbers of the closed interval, 0 for others. */
    static float within(float v, float lower, float upper) {
        return v >= lower && v <= upper ? 1 : 0;
    }

    /** Uniform in the open (0, 1), from the upper 23 bits of a word. */
    static float uniform(int word) {
        return Math.fma(word >>> 9, 0x1p-23f, 0x1p-24f);
    }

    /**
     * Standard normal: the quantile of {@code u = (word + 1/2) / 2^32}, to 2e-6 up to 5.3 standard deviations, and to 4e-4
     * in the one draw of ten million beyond, for which Giles did not fit.
     */
    static float normal(int word) {
        int sign = word >> 31;
        float p = Math.fma(word ^ sign, 0x1p-32f, 0x1p-33f);
        float w = -log(4 * p * (1 - p));
        float size = w < NORMAL_SPLIT
                ? polynomial(NORMAL, w - NORMAL_CENTRE)
                : polynomial(NORMAL_TAIL, (float) Math.sqrt(w) - NORMAL_TAIL_CENTRE);
        float z = Math.fma(p, 2, -1) * size;
        return sign == 0 ? z : -z;
    }

    private static float expOfNegativeSize(float v) {
        float size = Math.abs(v);
        return expOfKept(size > -LEAST_EXPONENT ? LEAST_EXPONENT : -size);
    }

    /** Coefficients from the highest power down. */
    private static float polynomial(float[] coefficients, float x) {
        float sum = coefficients[0];
        for (int i = 1; i < coefficients.length; i++) {
            sum = Math.fma(sum, x, coefficients[i]);
        }
        return sum;
    }

    private static float[] scaled(double factor, double... coefficients) {
        float[] scaled = new float[coefficients.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (coefficients[i] * factor);
        }
        return scaled;
    }
}
