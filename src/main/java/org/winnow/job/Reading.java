package org.winnow.job;

import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.SparkStageInfo;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.Shown;
import org.winnow.data.DataLoader;
import org.winnow.data.DataOptions;
import org.winnow.data.EncodedRow;
import org.winnow.data.Encoder;
import org.winnow.data.LoadedData;
import org.winnow.report.Progress;

/** Reads data for a job: shows how far that is where it takes longer than two seconds, and says what there is to say of it. */
final class Reading {
    private static final int MILLIS_OF_SILENCE = 2000;
    private static final int MILLIS_BETWEEN_LINES = 1000;

    private Reading() {}

    /** Rows to learn from. */
    static LoadedData load(SparkSession spark, DataOptions options, int shards, long seed) {
        LoadedData data = quietly(spark, options, shards, seed);
        say(data.notes(), data.warnings());
        return data;
    }

    /** The same, with nothing said of the data. */
    static LoadedData quietly(SparkSession spark, DataOptions options, int shards, long seed) {
        return watched(spark, () -> DataLoader.load(spark, options, shards, seed));
    }

    /** Rows to predict for. */
    static JavaRDD<EncodedRow> unlabelled(SparkSession spark, DataOptions options, Encoder encoder) {
        DataLoader.Unlabelled data = watched(spark, () -> DataLoader.loadForPrediction(spark, options, encoder));
        say(data.notes(), data.warnings());
        return data.rows();
    }

    /** Prints what was taken from the data itself, and what may be wrong with it. */
    static void say(List<String> notes, List<String> warnings) {
        notes.forEach(note -> System.err.println(Shown.plain(note)));
        warnings.forEach(warning -> System.err.println("warning: " + Shown.plain(warning)));
    }

    private static <T> T watched(SparkSession spark, Supplier<T> reading) {
        long started = System.nanoTime();
        Progress line = Progress.onStandardError();
        Thread clock = new Thread(() -> tick(line, spark, started), "reading");
        clock.setDaemon(true);
        clock.start();
        try {
            return reading.get();
        } finally {
            clock.interrupt();
        }
    }

    private static void tick(Progress line, SparkSession spark, long started) {
        try {
            for (Thread.sleep(MILLIS_OF_SILENCE); ; Thread.sleep(MILLIS_BETWEEN_LINES)) {
                show(line, spark, started);
            }
        } catch (InterruptedException e) {
            // What was waited for is there.
        }
    }

    private static void show(Progress line, SparkSession spark, long started) {
        var tracker = JavaSparkContext.fromSparkContext(spark.sparkContext()).statusTracker();
        List<SparkStageInfo> stages = IntStream.of(tracker.getActiveStageIds())
                .mapToObj(tracker::getStageInfo)
                .filter(stage -> stage != null)
                .toList();
        String time = Progress.duration((System.nanoTime() - started) * 1e-9);
        String text = stages.isEmpty()
                ? "reading  " + time
                : String.format(
                        Locale.ROOT,
                        "reading  %,d of %,d tasks done  %s",
                        stages.stream()
                                .mapToInt(SparkStageInfo::numCompletedTasks)
                                .sum(),
                        stages.stream().mapToInt(SparkStageInfo::numTasks).sum(),
                        time);
        line.show(text, text, false);
    }
}
