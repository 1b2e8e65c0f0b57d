package org.winnow.train;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * A thread's arrays that are free to be used again. A shard's state is one of a few arrays of the same lengths over and over;
 * G1 takes an array of more than half a region of its heap for a sign to mark all of it, so that new ones for every shard
 * cost a seventh of two cores.
 */
final class SpareBytes {
    /** Two states of parameters and updater. */
    private static final int MOST = 4;

    private static final ThreadLocal<Deque<byte[]>> OF_THREAD = ThreadLocal.withInitial(ArrayDeque::new);

    private SpareBytes() {}

    /** An array of this length, of whatever it held before. */
    static byte[] take(int length) {
        for (Iterator<byte[]> spares = OF_THREAD.get().iterator(); spares.hasNext(); ) {
            byte[] spare = spares.next();
            if (spare.length == length) {
                spares.remove();
                return spare;
            }
        }
        return new byte[length];
    }

    /** Gives away an array that nothing refers to any more; the oldest spare makes room for it. */
    static void give(byte[] array) {
        if (array.length == 0) {
            return;
        }
        Deque<byte[]> spares = OF_THREAD.get();
        if (spares.size() == MOST) {
            spares.removeLast();
        }
        spares.push(array);
    }
}
