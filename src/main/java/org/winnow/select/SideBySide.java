package org.winnow.select;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

/** Does what does not depend on each other side by side; what comes of it is that of one after the other. */
final class SideBySide {
    private final int threads;

    /** @param threads at most; with one everything is done in the thread that asks */
    SideBySide(int threads) {
        this.threads = threads;
    }

    /** What each comes to, in their order. */
    <T> List<T> all(List<Supplier<T>> tasks) {
        if (threads == 1 || tasks.size() == 1) {
            return tasks.stream().map(Supplier::get).toList();
        }
        // Threads of their own: those of the common pool do not see the classes of a submitted jar.
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(threads, tasks.size()));
        try {
            List<Future<T>> results =
                    tasks.stream().map(task -> workers.submit(task::get)).toList();
            return results.stream().map(SideBySide::awaited).toList();
        } finally {
            workers.shutdownNow();
        }
    }

    private static <T> T awaited(Future<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failed) {
                throw failed;
            }
            if (e.getCause() instanceof Error failed) {
                throw failed;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
