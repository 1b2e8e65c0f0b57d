package org.winnow.train;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Work of the driver as the one task of a Spark job, in the driver's own process: Spark's pages show it, and who cancels the
 * job stops it. Only where the master is local. The work must not start jobs: there may be no core left for them.
 */
final class DriverJob {
    private DriverJob() {}

    /** Does the work; what it throws is thrown. */
    static <T> T of(JavaSparkContext spark, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        try (LocalReference<Runnable> shared = LocalReference.to(() -> complete(result, work))) {
            spark.parallelize(List.of(0), 1).foreach(any -> shared.value().run());
        }
        try {
            return result.join();
        } catch (CompletionException e) {
            throw Failure.unchecked(e.getCause());
        }
    }

    /** A failure is the work's own: Spark would make of it one of the task, with a trace in the terminal. */
    private static <T> void complete(CompletableFuture<T> result, Supplier<T> work) {
        try {
            result.complete(work.get());
        } catch (TaskKilledException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            result.completeExceptionally(e);
        }
    }
}
