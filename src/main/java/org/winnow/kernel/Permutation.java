package org.winnow.kernel;

import java.util.stream.LongStream;
import org.winnow.check.Check;

/**
 * A random order of [0, n) that needs no memory: each place is computed alone, so that workers can shuffle rows without
 * telling each other. A Feistel network on pairs (a, b) of [0, left) x [0, right), the smallest near-square rectangle of
 * at least n, walked until it ends below n (Black, Rogaway 2002, "Ciphers with Arbitrary Finite Domains").
 */
public final class Permutation {
    private static final int ROUNDS = 8;
    private static final long LARGEST = 1L << 40;

    private final long n;
    private final long left;
    private final long right;
    private final long[] roundKeys;

    private Permutation(long n, long[] roundKeys) {
        this.n = n;
        this.left = (long) Math.ceil(Math.sqrt((double) n));
        this.right = (n + left - 1) / left;
        this.roundKeys = roundKeys;
    }

    /**
     * A permutation chosen by the stream.
     *
     * @param n the number of places, in [1, 2^40]
     */
    public static Permutation of(Noise stream, long n) {
        Check.that(n >= 1 && n <= LARGEST, "n", "in [1, 2^40]", n);
        long[] roundKeys = LongStream.range(0, ROUNDS)
                .map(round -> stream.child(round).key())
                .toArray();
        return new Permutation(n, roundKeys);
    }

    /** The number of places. */
    public long size() {
        return n;
    }

    /** Where {@code i} goes. */
    public long apply(long i) {
        Check.index(n, i, "place");
        long place = i;
        do {
            place = forward(place);
        } while (place >= n);
        return place;
    }

    /** What goes to {@code j}: {@code invert(apply(i)) == i}. */
    public long invert(long j) {
        Check.index(n, j, "place");
        long place = j;
        do {
            place = backward(place);
        } while (place >= n);
        return place;
    }

    private long forward(long place) {
        long a = place / right;
        long b = place % right;
        for (int round = 0; round < ROUNDS; round += 2) {
            a = (a + shift(round, b, left)) % left;
            b = (b + shift(round + 1, a, right)) % right;
        }
        return a * right + b;
    }

    private long backward(long place) {
        long a = place / right;
        long b = place % right;
        for (int round = ROUNDS - 2; round >= 0; round -= 2) {
            b = (b + right - shift(round + 1, a, right)) % right;
            a = (a + left - shift(round, b, left)) % left;
        }
        return a * right + b;
    }

    private long shift(int round, long half, long modulus) {
        return (mix(mix(half) ^ roundKeys[round]) >>> 1) % modulus;
    }

    /** The finaliser of SplitMix64 (Steele, Lea, Flood 2014). */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
