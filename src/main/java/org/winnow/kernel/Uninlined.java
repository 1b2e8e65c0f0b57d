package org.winnow.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;

/**
 * Loops that are called through handles in fields that are not constants, because the compiler must not inline them: it
 * stops inlining in methods of many vector operations, and what is left out then allocates every vector.
 */
final class Uninlined {
    private Uninlined() {}

    /** A call of a loop. */
    @FunctionalInterface
    interface Call {
        void run() throws Throwable;
    }

    /** The only method of a name in the class that looks it up. */
    static MethodHandle loop(MethodHandles.Lookup in, String name) {
        try {
            for (Method method : in.lookupClass().getDeclaredMethods()) {
                if (method.getName().equals(name)) {
                    return in.unreflect(method);
                }
            }
            throw new IllegalStateException("no loop " + name);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    static void call(Call loop) {
        try {
            loop.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }
}
