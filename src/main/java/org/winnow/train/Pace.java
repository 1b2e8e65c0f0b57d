package org.winnow.train;

/** How fast rounds go, and how long the rest will take. */
final class Pace {
    private final int before;
    private final int rounds;
    private final long started = System.nanoTime();
    private int done;
    private long samples;

    /** Begins to count, after so many rounds of all. */
    Pace(int before, int rounds) {
        this.before = before;
        this.rounds = rounds;
    }

    void took(long more) {
        done++;
        samples += more;
    }

    double seconds() {
        return (System.nanoTime() - started) * 1e-9;
    }

    double samplesPerSecond() {
        return samples / seconds();
    }

    double secondsLeft() {
        return seconds() / done * (rounds - before - done);
    }
}
