package org.winnow.bench;

/** How fast this machine's memory is, for one thread. */
final class Memory {
    private static final int NUMBERS = 1 << 24;
    private static final int TIMES = 10;

    private Memory() {}

    /** Bytes a second, read and written, of the best of several copies of more than caches hold. */
    static double bytesPerSecond() {
        float[] from = new float[NUMBERS];
        float[] into = new float[NUMBERS];
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i < TIMES; i++) {
            long started = System.nanoTime();
            System.arraycopy(from, 0, into, 0, NUMBERS);
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        return 2.0 * Float.BYTES * NUMBERS / best;
    }
}
