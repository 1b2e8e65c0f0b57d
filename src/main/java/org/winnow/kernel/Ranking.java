package org.winnow.kernel;

import java.util.Arrays;

/**
 * Floats by their rank, from 0 for the least. A few of them tell a bracket that one is nearly always in; narrower ones come
 * of interpolation, until one holds few enough to be put in order (after Floyd, Rivest 1975, "Expected time bounds for
 * selection"). Chance has no part in the result, nor in which few.
 */
final class Ranking {
    private static final int AT_ONCE = 1024;
    /** So many are put in order. */
    private static final int FEW = 128;

    private static final int MOST_IN_SAMPLE = 512;
    /** Of a rank in the sample: where brackets end. */
    private static final double[] DEVIATIONS = {-4, -1, 1, 4};
    /** How many times narrower a bracket becomes by interpolation, unless fewer than needed would be left. */
    private static final double NARROWER = 32;
    /** So many times fewer than all are worth a copy. */
    private static final int FEWER = 20;

    private static final int ALL_BUT_SIGN = Integer.MAX_VALUE;

    private final Kernel kernel = Kernel.current();
    private final Pieces pieces;
    private final int count;
    private final float[] piece = new float[AT_ONCE];

    /** Of so many floats. */
    Ranking(Pieces pieces, int count) {
        this.pieces = pieces;
        this.count = count;
    }

    /** Gives floats from a place on. */
    @FunctionalInterface
    interface Pieces {
        void read(int from, float[] into, int count);
    }

    /** Floats of a rank and of the next; not a number if there are none, or none but that. */
    record Neighbours(float lower, float upper) {
        private static final Neighbours NONE = new Neighbours(Float.NaN, Float.NaN);
    }

    /**
     * The floats of a closed interval.
     *
     * @param below how many others are less
     * @param held how many these are
     */
    private record Bracket(float lowest, float highest, int below, int held) {
        boolean isOneNumber() {
            return lowest == highest;
        }
    }

    /** The floats of a rank and of the next. */
    Neighbours of(int rank) {
        if (rank >= count) {
            return Neighbours.NONE;
        }
        if (count <= FEW) {
            return sorted(rank);
        }
        Bracket bracket = sampled(rank);
        while (bracket.held > Math.max(FEW, count / FEWER) && !bracket.isOneNumber()) {
            bracket = narrowed(bracket, rank);
        }
        Neighbours found = within(bracket, rank - bracket.below);
        boolean nextIsOutside = rank + 1 == bracket.below + bracket.held;
        return nextIsOutside ? new Neighbours(found.lower, leastAbove(bracket.highest)) : found;
    }

    private Neighbours sorted(int rank) {
        float[] sorted = new float[count];
        pieces.read(0, sorted, count);
        Arrays.sort(sorted);
        return new Neighbours(sorted[rank], rank + 1 < count ? sorted[rank + 1] : Float.NaN);
    }

    private Neighbours within(Bracket bracket, int rank) {
        if (bracket.isOneNumber()) {
            return new Neighbours(bracket.lowest, bracket.lowest);
        }
        float[] picked = new float[bracket.held];
        float[] chosen = new float[piece.length];
        int found = 0;
        for (int from = 0; from < count; from += AT_ONCE) {
            int padded = read(from);
            System.arraycopy(piece, 0, chosen, 0, padded);
            kernel.within(chosen, bracket.lowest, bracket.highest, padded);
            found += pick(piece, chosen, padded, picked, found);
        }
        int all = found;
        return new Ranking((from, into, some) -> System.arraycopy(picked, from, into, 0, some), all).of(rank);
    }

    /** Puts those numbers that are chosen, marked by what is not 0, into an array from a place on; returns how many. */
    private static int pick(float[] numbers, float[] chosen, int count, float[] into, int at) {
        int next = at;
        for (int i = 0; i < count; i++) {
            if (chosen[i] != 0) {
                into[next++] = numbers[i];
            }
        }
        return next - at;
    }

    private Bracket sampled(int rank) {
        float[] sample = sample();
        double share = (double) rank / count;
        double centre = share * sample.length;
        double deviation = Math.sqrt(centre * (1 - share)) + 0.25;
        float[] ends = new float[DEVIATIONS.length];
        for (int i = 0; i < ends.length; i++) {
            int at = (int) Math.rint(centre + DEVIATIONS[i] * deviation);
            float end = at < 0 ? least() : at < sample.length ? sample[at] : greatest();
            // One after the other, so that a number that many are equal to has a bracket of its own.
            ends[i] = i == 0 ? end : Math.max(end, Math.nextUp(ends[i - 1]));
        }
        return narrowed(new Bracket(Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, 0, count), rank, ends);
    }

    /** Some from everywhere, in order. */
    private float[] sample() {
        float[] sample = new float[Math.min(MOST_IN_SAMPLE, count / 4)];
        for (int i = 0; i < sample.length; i++) {
            pieces.read((int) ((long) i * count / sample.length), piece, 1);
            // What is not a number is no bound.
            sample[i] = Float.isNaN(piece[0]) ? Float.POSITIVE_INFINITY : piece[0];
        }
        Arrays.sort(sample);
        return sample;
    }

    /** A narrower bracket, by interpolation, or else half of it. */
    private Bracket narrowed(Bracket bracket, int rank) {
        double width = (double) bracket.highest - bracket.lowest;
        double centre = bracket.lowest + (rank - bracket.below + 0.5) / bracket.held * width;
        double spread = Math.max(1 / NARROWER, 0.5 * FEW / bracket.held) * width / 2;
        float lowest = (float) Math.max(bracket.lowest, centre - spread);
        float highest = (float) Math.min(bracket.highest, centre + spread);
        Bracket narrower = Double.isInfinite(width) ? bracket : narrowed(bracket, rank, lowest, Math.nextUp(highest));
        return narrower.held <= bracket.held / 2
                ? narrower
                : narrowed(narrower, rank, middle(narrower.lowest, narrower.highest));
    }

    /** Which of the brackets that a bracket falls into has the rank. The lower ends of all but the first are given. */
    private Bracket narrowed(Bracket bracket, int rank, float... ends) {
        int[] below = new int[ends.length];
        for (int from = 0; from < count; from += AT_ONCE) {
            int padded = read(from);
            for (int i = 0; i < ends.length; i++) {
                below[i] += kernel.below(piece, ends[i], padded);
            }
        }
        Bracket chosen = bracket;
        for (int i = 0; i < ends.length; i++) {
            if (below[i] > rank) {
                return new Bracket(chosen.lowest, Math.nextDown(ends[i]), chosen.below, below[i] - chosen.below);
            }
            chosen = new Bracket(ends[i], bracket.highest, below[i], bracket.below + bracket.held - below[i]);
        }
        return chosen;
    }

    /** Of all floats between, one half is less; not the lowest. */
    private static float middle(float lowest, float highest) {
        return number((int) (((long) key(lowest) + key(highest) + 1) >> 1));
    }

    /** Keys are integers in the order of their floats: the bits, but for those of negative ones, which are flipped. */
    private static int key(float number) {
        int bits = Float.floatToRawIntBits(number);
        return bits ^ ((bits >> (Integer.SIZE - 1)) & ALL_BUT_SIGN);
    }

    private static float number(int key) {
        return Float.intBitsToFloat(key ^ ((key >> (Integer.SIZE - 1)) & ALL_BUT_SIGN));
    }

    private float least() {
        return leastAbove(Float.NEGATIVE_INFINITY);
    }

    private float leastAbove(float bound) {
        float least = Float.POSITIVE_INFINITY;
        for (int from = 0; from < count; from += AT_ONCE) {
            int padded = read(from);
            for (int i = 0; i < padded; i++) {
                if (piece[i] > bound && piece[i] < least) {
                    least = piece[i];
                }
            }
        }
        return least;
    }

    private float greatest() {
        float greatest = Float.NEGATIVE_INFINITY;
        for (int from = 0; from < count; from += AT_ONCE) {
            int padded = read(from);
            for (int i = 0; i < padded; i++) {
                if (piece[i] > greatest) {
                    greatest = piece[i];
                }
            }
        }
        return greatest;
    }

    /** Reads a piece, padded with what is not a number; returns how many these are. */
    private int read(int from) {
        int some = Math.min(AT_ONCE, count - from);
        int padded = Kernel.padded(some);
        pieces.read(from, piece, some);
        Arrays.fill(piece, some, padded, Float.NaN);
        return padded;
    }
}
