package org.winnow.kernel;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.I2L;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.XOR;
import static org.winnow.kernel.Uninlined.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link FloatMath} in the lanes of this machine's widest vectors. No lane depends on another, nor on how many there are.
 * Loops are {@link Uninlined}.
 */
@SuppressWarnings("UnusedMethod") // The loops are found by name.
final class VectorKernel implements Kernel {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;
    /** As many as there are longs in a vector. */
    private static final VectorSpecies<Integer> HALF_INTS =
            VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));

    private static final int LANES = FLOATS.length();
    private static final int LONG_LANES = LONGS.length();
    private static final FloatVector ZERO = all(0);
    private static final FloatVector ONE = all(1);

    private static final LongVector BLOCKS = LongVector.zero(LONGS).addIndex(1);
    /** Of 0, 1 and so on, as integers without a sign. */
    private static final LongVector COMPLEMENTS = LongVector.broadcast(LONGS, Integer.toUnsignedLong(~0))
            .sub(LongVector.zero(LONGS).addIndex(1));

    private static final VectorShuffle<Long> LOWER_TWICE = VectorShuffle.fromOp(LONGS, i -> i / 2);
    private static final VectorShuffle<Long> UPPER_TWICE = VectorShuffle.fromOp(LONGS, i -> (LONG_LANES + i) / 2);
    private static final VectorMask<Long> ODD = VectorMask.fromLong(LONGS, 0xAAAAL);

    private final Kernel plain = new ScalarKernel();
    private final VectorProducts products = new VectorProducts();
    private final MethodHandle exp = loop("expLoop");
    private final MethodHandle log = loop("logLoop");
    private final MethodHandle sigmoid = loop("sigmoidLoop");
    private final MethodHandle softplus = loop("softplusLoop");
    private final MethodHandle softplusWithSlope = loop("softplusWithSlopeLoop");
    private final MethodHandle within = loop("withinLoop");
    private final MethodHandle below = loop("belowLoop");
    private final MethodHandle words = loop("wordsLoop");
    private final MethodHandle uniform = loop("uniformLoop");
    private final MethodHandle tails = loop("tailsLoop");
    private final MethodHandle adam = loop("adamLoop");
    private final MethodHandle normal = loop("normalLoop");
    private final MethodHandle largest = loop("largestLoop");

    @Override
    public String description() {
        return "vector kernel, " + FLOATS.vectorBitSize() + " bits";
    }

    @Override
    public void exp(float[] a, int count) {
        call(() -> {
            exp.invokeExact(a, count);
        });
    }

    @Override
    public void log(float[] a, int count) {
        call(() -> {
            log.invokeExact(a, count);
        });
    }

    @Override
    public void sigmoid(float[] a, int count) {
        call(() -> {
            sigmoid.invokeExact(a, count);
        });
    }

    @Override
    public void softplus(float[] a, int count) {
        call(() -> {
            softplus.invokeExact(a, count);
        });
    }

    @Override
    public void softplus(float[] a, float[] slope, int count) {
        call(() -> {
            softplusWithSlope.invokeExact(a, slope, count);
        });
    }

    @Override
    public void within(float[] a, float lower, float upper, int count) {
        call(() -> {
            within.invokeExact(a, lower, upper, count);
        });
    }

    @Override
    public int below(float[] a, float bound, int count) {
        int[] found = new int[1];
        call(() -> {
            found[0] = (int) below.invokeExact(a, bound, count);
        });
        return found[0];
    }

    @Override
    public void words(long key, long stream, long block, int[] into, int count) {
        call(() -> {
            words.invokeExact(key, stream, block, into, count);
        });
    }

    @Override
    public void uniform(int[] from, float[] into, int count) {
        call(() -> {
            uniform.invokeExact(from, into, count);
        });
    }

    @Override
    public void normal(int[] from, float[] into, int count) {
        call(() -> {
            tails.invokeExact(from, into, count);
            normal.invokeExact(from, into, count);
        });
    }

    @Override
    public void adam(AdamStep step, ByteBuffer p, ByteBuffer g, ByteBuffer m, ByteBuffer v, float perExample) {
        int whole = p.limit() - p.limit() % (LANES * Float.BYTES);
        call(() -> {
            adam.invokeExact(step, p, g, m, v, perExample, whole);
        });
        plain.adam(step, from(p, whole), from(g, whole), from(m, whole), from(v, whole), perExample);
    }

    @Override
    public void addProduct(Entries entries, float[] x, float[] y, int first, int width, int columns) {
        products.addProduct(entries, x, y, first, width, columns);
    }

    @Override
    public void addProductOfTransposed(Entries entries, float[] y, float[] x, int width) {
        products.addProductOfTransposed(entries, y, x, width);
    }

    @Override
    public void products(Entries entries, float[] y, float[] x, int width, float[] into) {
        products.products(entries, y, x, width, into);
    }

    @Override
    public void largest(int[] numbers, int columns, int height, int stride, int bands, long[] into) {
        call(() -> {
            largest.invokeExact(numbers, columns, height, stride, bands, into);
        });
    }

    private static ByteBuffer from(ByteBuffer bytes, int first) {
        return bytes.slice(first, bytes.limit() - first);
    }

    private static void expLoop(float[] a, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector x = FloatVector.fromArray(FLOATS, a, i);
            FloatVector kept = x.blend(FloatMath.LEAST_EXPONENT, x.compare(LT, FloatMath.LEAST_EXPONENT))
                    .blend(FloatMath.LARGEST_EXPONENT, x.compare(GT, FloatMath.LARGEST_EXPONENT));
            expOfKept(kept).intoArray(a, i);
        }
    }

    private static void logLoop(float[] a, int count) {
        for (int i = 0; i < count; i += LANES) {
            log(FloatVector.fromArray(FLOATS, a, i)).intoArray(a, i);
        }
    }

    private static void sigmoidLoop(float[] a, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, a, i);
            sigmoid(v, expOfNegativeSize(v)).intoArray(a, i);
        }
    }

    private static void softplusLoop(float[] a, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, a, i);
            softplus(v, expOfNegativeSize(v)).intoArray(a, i);
        }
    }

    private static void softplusWithSlopeLoop(float[] a, float[] slope, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, a, i);
            FloatVector e = expOfNegativeSize(v);
            sigmoid(v, e).intoArray(slope, i);
            softplus(v, e).intoArray(a, i);
        }
    }

    private static FloatVector sigmoid(FloatVector v, FloatVector e) {
        return ONE.blend(e, v.compare(LT, 0f)).div(e.add(1));
    }

    private static FloatVector softplus(FloatVector v, FloatVector e) {
        FloatVector s = e.div(e.add(2));
        return polynomial(FloatMath.TWICE_ATANH, s.mul(s)).fma(s, v.blend(0f, v.compare(LT, 0f)));
    }

    private static void withinLoop(float[] a, float lower, float upper, int count) {
        for (int i = 0; i < count; i += LANES) {
            FloatVector v = FloatVector.fromArray(FLOATS, a, i);
            ZERO.blend(ONE, v.compare(GE, lower).and(v.compare(LE, upper))).intoArray(a, i);
        }
    }

    private static int belowLoop(float[] a, float bound, int count) {
        IntVector below = IntVector.zero(INTS);
        for (int i = 0; i < count; i += LANES) {
            VectorMask<Integer> less =
                    FloatVector.fromArray(FLOATS, a, i).compare(LT, bound).cast(INTS);
            below = below.add(IntVector.zero(INTS).blend(1, less));
        }
        return below.reduceLanes(ADD);
    }

    /** In lanes of 64 bits, a block each; the lower halves are its words. */
    private static void wordsLoop(long key, long stream, long block, int[] into, int count) {
        for (int at = 0; at < count; at += Philox.WORDS * LONG_LANES) {
            LongVector counter = BLOCKS.add(block + at / Philox.WORDS);
            LongVector c0 = counter.and(Philox.LOW_WORD);
            LongVector c1 = counter.lanewise(LSHR, Integer.SIZE);
            LongVector c2 = LongVector.broadcast(LONGS, stream & Philox.LOW_WORD);
            LongVector c3 = LongVector.broadcast(LONGS, stream >>> Integer.SIZE);
            int k0 = (int) key;
            int k1 = (int) (key >>> Integer.SIZE);
            for (int round = 0; round < Philox.ROUNDS; round++) {
                LongVector product0 = c0.mul(Philox.MULTIPLIER_0);
                LongVector product1 = c2.mul(Philox.MULTIPLIER_1);
                c0 = mixed(product1, c1, k0);
                c1 = product1;
                c2 = mixed(product0, c3, k1);
                c3 = product0;
                k0 += Philox.WEYL_0;
                k1 += Philox.WEYL_1;
            }
            LongVector first = c0.or(c1.lanewise(LSHL, Integer.SIZE));
            LongVector second = c2.or(c3.lanewise(LSHL, Integer.SIZE));
            byTurns(first, second, LOWER_TWICE).intoArray(into, at);
            byTurns(first, second, UPPER_TWICE).intoArray(into, at + 2 * LONG_LANES);
        }
    }

    private static LongVector mixed(LongVector product, LongVector word, int key) {
        return product.lanewise(LSHR, Integer.SIZE)
                .lanewise(XOR, word)
                .lanewise(XOR, Integer.toUnsignedLong(key))
                .and(Philox.LOW_WORD);
    }

    private static IntVector byTurns(LongVector first, LongVector second, VectorShuffle<Long> twice) {
        return first.rearrange(twice).blend(second.rearrange(twice), ODD).reinterpretAsInts();
    }

    private static void uniformLoop(int[] words, float[] into, int count) {
        for (int i = 0; i < count; i += LANES) {
            floats(IntVector.fromArray(INTS, words, i).lanewise(LSHR, 9))
                    .fma(all(0x1p-23f), all(0x1p-24f))
                    .intoArray(into, i);
        }
    }

    private static void tailsLoop(int[] words, float[] into, int count) {
        for (int i = 0; i < count; i += LANES) {
            IntVector word = IntVector.fromArray(INTS, words, i);
            FloatVector p = nearerEnd(word, word.lanewise(ASHR, 31));
            log(p.mul(4).mul(ONE.sub(p))).neg().intoArray(into, i);
        }
    }

    private static void normalLoop(int[] words, float[] into, int count) {
        for (int i = 0; i < count; i += LANES) {
            IntVector word = IntVector.fromArray(INTS, words, i);
            IntVector sign = word.lanewise(ASHR, 31);
            FloatVector w = FloatVector.fromArray(FLOATS, into, i);
            FloatVector size = polynomial(FloatMath.NORMAL, w.sub(FloatMath.NORMAL_CENTRE));
            VectorMask<Float> inTail = w.compare(GE, FloatMath.NORMAL_SPLIT);
            // One number of 300 is.
            if (inTail.anyTrue()) {
                FloatVector tail = polynomial(FloatMath.NORMAL_TAIL, w.sqrt().sub(FloatMath.NORMAL_TAIL_CENTRE));
                size = size.blend(tail, inTail);
            }
            FloatVector z = nearerEnd(word, sign).fma(all(2), all(-1)).mul(size);
            z.reinterpretAsInts()
                    .lanewise(XOR, sign.and(Integer.MIN_VALUE))
                    .reinterpretAsFloats()
                    .intoArray(into, i);
        }
    }

    /** What the last vector of a band has too many, the next band or nobody overwrites. */
    private static void largestLoop(int[] numbers, int columns, int height, int stride, int bands, long[] into) {
        for (int band = 0; band < bands; band++) {
            for (int column = 0; column < columns; column += LONG_LANES) {
                LongVector largest = LongVector.broadcast(LONGS, Long.MIN_VALUE);
                for (int row = 0; row < height; row++) {
                    int place = (band * stride + row) * columns + column;
                    LongVector number = (LongVector)
                            IntVector.fromArray(HALF_INTS, numbers, place).convertShape(I2L, LONGS, 0);
                    largest = largest.max(number.lanewise(LSHL, Integer.SIZE).or(COMPLEMENTS.sub(place)));
                }
                largest.intoArray(into, band * columns + column);
            }
        }
    }

    /**
     * Straight from and to where the numbers lie: four walks side by side keep memory busier than one after the other. All
     * is read before any is written, as a write keeps reads after it waiting.
     */
    private static void adamLoop(
            AdamStep step, ByteBuffer p, ByteBuffer g, ByteBuffer m, ByteBuffer v, float perExample, int bytes) {
        ByteOrder order = ByteOrder.nativeOrder();
        float beta1 = step.beta1();
        float beta2 = step.beta2();
        float ofMean = 1 - beta1;
        float ofSquare = 1 - beta2;
        float rate = step.rate();
        float epsilon = step.epsilon();
        for (int at = 0; at < bytes; at += LANES * Float.BYTES) {
            FloatVector gradient =
                    FloatVector.fromByteBuffer(FLOATS, g, at, order).mul(perExample);
            FloatVector mean = FloatVector.fromByteBuffer(FLOATS, m, at, order)
                    .mul(beta1)
                    .add(gradient.mul(ofMean))
                    .add(AdamStep.ROUNDER)
                    .sub(AdamStep.ROUNDER);
            FloatVector size = positiveAtLeast(gradient.abs(), AdamStep.LEAST_GRADIENT);
            FloatVector square = FloatVector.fromByteBuffer(FLOATS, v, at, order)
                    .mul(beta2)
                    .add(size.mul(ofSquare).mul(size));
            FloatVector change = mean.mul(rate).div(square.sqrt().add(epsilon));
            FloatVector parameter =
                    FloatVector.fromByteBuffer(FLOATS, p, at, order).sub(change);
            mean.intoByteBuffer(m, at, order);
            square.intoByteBuffer(v, at, order);
            parameter.intoByteBuffer(p, at, order);
        }
    }

    /** Positive floats are in the order of their bits, and the maximum of integers is one instruction. */
    private static FloatVector positiveAtLeast(FloatVector x, float least) {
        return x.reinterpretAsInts().max(Float.floatToRawIntBits(least)).reinterpretAsFloats();
    }

    private static FloatVector nearerEnd(IntVector word, IntVector sign) {
        return floats(word.lanewise(XOR, sign)).fma(all(0x1p-32f), all(0x1p-33f));
    }

    private static FloatVector expOfNegativeSize(FloatVector v) {
        FloatVector size = v.abs();
        return expOfKept(size.neg().blend(FloatMath.LEAST_EXPONENT, size.compare(GT, -FloatMath.LEAST_EXPONENT)));
    }

    private static FloatVector expOfKept(FloatVector x) {
        FloatVector shifted = x.fma(all(FloatMath.LOG2_E), all(FloatMath.ROUNDER));
        FloatVector n = shifted.sub(FloatMath.ROUNDER);
        FloatVector r = n.fma(all(FloatMath.LN2_EXCESS), n.fma(all(-FloatMath.LN2), x));
        FloatVector e = polynomial(FloatMath.EXP, r).fma(r.mul(r), r).add(1);
        IntVector exponent = shifted.reinterpretAsInts().lanewise(LSHL, FloatMath.FRACTION_BITS);
        return e.reinterpretAsInts().add(exponent).reinterpretAsFloats();
    }

    private static FloatVector log(FloatVector x) {
        FloatVector kept = x.blend(Float.MIN_NORMAL, x.compare(LT, Float.MIN_NORMAL));
        IntVector fromRoot = kept.reinterpretAsInts().sub(FloatMath.ROOT_OF_HALF_BITS);
        FloatVector n = floats(fromRoot.lanewise(ASHR, FloatMath.FRACTION_BITS));
        FloatVector r = fromRoot.and(FloatMath.FRACTION)
                .add(FloatMath.ROOT_OF_HALF_BITS)
                .reinterpretAsFloats()
                .sub(1);
        FloatVector square = r.mul(r);
        FloatVector small = polynomial(FloatMath.LOG, r).mul(r).fma(square, n.mul(-FloatMath.LN2_EXCESS));
        FloatVector log =
                n.fma(all(FloatMath.LN2), square.fma(all(-0.5f), small).add(r));
        return kept.fma(ZERO, log);
    }

    private static FloatVector polynomial(float[] coefficients, FloatVector x) {
        FloatVector sum = all(coefficients[0]);
        for (int i = 1; i < coefficients.length; i++) {
            sum = sum.fma(x, all(coefficients[i]));
        }
        return sum;
    }

    private static FloatVector floats(IntVector ints) {
        return (FloatVector) ints.convert(I2F, 0);
    }

    private static FloatVector all(float value) {
        return FloatVector.broadcast(FLOATS, value);
    }

    private static MethodHandle loop(String name) {
        return Uninlined.loop(MethodHandles.lookup(), name);
    }
}
