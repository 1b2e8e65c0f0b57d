package org.winnow.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * A thread's strips. A walk borrows some and gives them back at its end, so that they stay in the nearest cache from walk
 * to walk; those of a walk that is left before are lost to the garbage collector.
 */
final class Scratch {
    /** Eight of them, and what is read, fit a cache of 48 KiB. */
    static final int SIZE = 1024;

    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    private final Deque<Strip> floats = new ArrayDeque<>();
    private final Deque<Strip> doubles = new ArrayDeque<>();

    private Scratch() {}

    static Scratch ofThread() {
        return OF_THREAD.get();
    }

    /** A strip of whatever it held before. */
    Strip borrow(DataType type) {
        Deque<Strip> free = of(type);
        if (free.isEmpty()) {
            return type == DataType.FLOAT ? new FloatStrip(SIZE) : new DoubleStrip(SIZE);
        }
        return free.pop();
    }

    /** The strip borrowed first is the next to be borrowed. */
    void giveBack(DataType type, List<Strip> borrowed) {
        Deque<Strip> free = of(type);
        for (int i = borrowed.size() - 1; i >= 0; i--) {
            free.push(borrowed.get(i));
        }
        borrowed.clear();
    }

    private Deque<Strip> of(DataType type) {
        return type == DataType.FLOAT ? floats : doubles;
    }
}
