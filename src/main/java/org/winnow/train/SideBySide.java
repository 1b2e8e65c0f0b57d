package org.winnow.train;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does what does not depend on each other side by side; what comes of it is that of one after the other. The first task is
 * that of the thread that asks. A task must not ask the same object for more. Threads end when they have had nothing to do
 * for {@value #IDLE_SECONDS} seconds.
 */
public final class SideBySide {
    private static final long IDLE_SECONDS = 5;

    private final int threads;
    private final ExecutorService others;

    /** @param threads at most, the asking one among them; with one everything is done in the thread that asks */
    public SideBySide(int threads) {
        this.threads = threads;
        others = others(Math.max(1, threads - 1));
    }

    /** Threads of their own: those of the common pool do not see the classes of a submitted jar. */
    private static ExecutorService others(int count) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                count, count, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "side-by-side");
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    int threads() {
        return threads;
    }

    /** What each comes to, in their order. */
    public <T> List<T> all(List<Supplier<T>> tasks) {
        if (threads == 1 || tasks.size() == 1) {
            return tasks.stream().map(Supplier::get).toList();
        }
        List<Future<T>> later = tasks.subList(1, tasks.size()).stream()
                .map(task -> others.submit(task::get))
                .toList();
        try {
            List<T> results = new ArrayList<>();
            results.add(tasks.get(0).get());
            later.forEach(result -> results.add(awaited(result)));
            return results;
        } finally {
            // Where one has failed nobody waits for the rest.
            later.forEach(result -> result.cancel(true));
        }
    }

    private static <T> T awaited(Future<T> result) {
        try {
            return result.get();
        } catch (ExecutionException e) {
            throw Failure.unchecked(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
