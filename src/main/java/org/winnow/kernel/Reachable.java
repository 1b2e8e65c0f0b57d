package org.winnow.kernel;

import java.lang.ref.Reference;
import java.util.function.Supplier;

/**
 * Work on the memory of arrays that nothing else may hold, such as copies in another order: ND4J frees it as soon as the
 * array is garbage, which it can be while buffers and pointers to its memory are still in use.
 */
public final class Reachable {
    private Reachable() {}

    /** What the work answers; until then, the arrays are no garbage. */
    public static <T> T during(Supplier<T> work, Object... arrays) {
        try {
            return work.get();
        } finally {
            Reference.reachabilityFence(arrays);
        }
    }

    /** Does the work; until it is done, the arrays are no garbage. */
    public static void during(Runnable work, Object... arrays) {
        try {
            work.run();
        } finally {
            Reference.reachabilityFence(arrays);
        }
    }
}
