package org.winnow.kernel;

import java.io.Serializable;
import java.util.function.DoubleUnaryOperator;
import org.winnow.check.Check;

/**
 * Random numbers without state: a value is a pure function of the stream and an index, so that it is the same on every
 * machine, in every order of execution, and after every retry. Streams are derived from one another,
 *
 * <pre>{@code Noise.of(seed).child(trial, layer, shard, iteration).normal(element)}</pre>
 *
 * and those of different paths are independent. Values have a resolution of 2^-32. The generator is {@link Philox}.
 *
 * @param key the key of the block function
 * @param stream the upper half of its counter
 */
public record Noise(long key, long stream) implements Serializable {
    /** Keeps the blocks that name streams apart from those that give values. */
    private static final long DERIVATION = 0x9E6C63D0876A9A35L;

    private static final double RESOLUTION = 0x1p-32;
    private static final int CHUNK = 256;

    /** The stream of a seed. */
    public static Noise of(long seed) {
        return new Noise(seed, 0).derive(0);
    }

    /** The stream at the end of a path; {@code child(a, b)} is {@code child(a).child(b)}. */
    public Noise child(long... path) {
        Noise noise = this;
        for (long step : path) {
            noise = noise.derive(step);
        }
        return noise;
    }

    /** Uniform in the open (0, 1), for an index of at least 0. */
    public double uniform(long index) {
        Check.that(index >= 0, "index", "at least 0", index);
        int[] words = new int[Philox.WORDS];
        Philox.block(key, index / Philox.WORDS, stream, words, 0);
        return unit(words[(int) (index % Philox.WORDS)]);
    }

    /** Standard normal, for an index of at least 0: the normal quantile of {@link #uniform} at the same index. */
    public double normal(long index) {
        return Normal.quantile(uniform(index));
    }

    /** Fills an array with {@code uniform(from)}, {@code uniform(from + 1)}, … */
    public void uniform(double[] into, long from) {
        fill(into, into.length, from, DoubleUnaryOperator.identity());
    }

    /** Fills an array with {@code normal(from)}, {@code normal(from + 1)}, … */
    public void normal(double[] into, long from) {
        fill(into, into.length, from, Normal::quantile);
    }

    /** Fills an array with {@code uniform(from)}, … to 23 bits, half a step off 0 and 1. */
    public void uniform(float[] into, long from) {
        fill(into, from, Kernel.current()::uniform);
    }

    /** Fills an array with {@code normal(from)}, … to float precision. */
    public void normal(float[] into, long from) {
        fill(into, from, Kernel.current()::normal);
    }

    /** Fills the first places of an array, uniform or normal. */
    void fill(double[] into, int count, boolean normal, long from) {
        fill(into, count, from, normal ? Normal::quantile : DoubleUnaryOperator.identity());
    }

    /** Fills the first places of an array, in multiples of {@link Kernel#MULTIPLE}; words are scratch of as many places. */
    void fill(float[] into, int count, boolean normal, long from, int[] words) {
        Check.that(
                from >= 0 && from % Philox.WORDS == 0,
                "from",
                "a multiple of " + Philox.WORDS + " of at least 0",
                from);
        Kernel.current().words(key, stream, from / Philox.WORDS, words, count);
        if (normal) {
            Kernel.current().normal(words, into, count);
        } else {
            Kernel.current().uniform(words, into, count);
        }
    }

    private void fill(double[] into, int count, long from, DoubleUnaryOperator shape) {
        Check.that(from >= 0, "from", "at least 0", from);
        int[] words = new int[CHUNK];
        int skipped = (int) (from % Philox.WORDS);
        for (int at = -skipped; at < count; at += CHUNK) {
            Kernel.current().words(key, stream, (from + at) / Philox.WORDS, words, CHUNK);
            for (int i = Math.max(at, 0); i < Math.min(at + CHUNK, count); i++) {
                into[i] = shape.applyAsDouble(unit(words[i - at]));
            }
        }
    }

    private void fill(float[] into, long from, Shape shape) {
        Check.that(from >= 0, "from", "at least 0", from);
        int[] words = new int[CHUNK];
        float[] values = new float[CHUNK];
        int skipped = (int) (from % Philox.WORDS);
        for (int at = -skipped; at < into.length; at += CHUNK) {
            int count = Math.min(CHUNK, Kernel.padded(into.length - at));
            Kernel.current().words(key, stream, (from + at) / Philox.WORDS, words, count);
            shape.apply(words, values, count);
            int first = Math.max(at, 0);
            System.arraycopy(values, first - at, into, first, Math.min(at + count, into.length) - first);
        }
    }

    private interface Shape {
        void apply(int[] words, float[] into, int count);
    }

    private Noise derive(long step) {
        int[] words = new int[Philox.WORDS];
        Philox.block(key ^ DERIVATION, step, stream, words, 0);
        return new Noise(join(words[0], words[1]), join(words[2], words[3]));
    }

    private static long join(int low, int high) {
        return Integer.toUnsignedLong(low) | (long) high << Integer.SIZE;
    }

    private static double unit(int word) {
        return (Integer.toUnsignedLong(word) + 0.5) * RESOLUTION;
    }
}
