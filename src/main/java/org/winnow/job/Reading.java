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
        Clock clock = new Clock(Progress.onStandardError(), () -> "reading" + tasksOf(spark));
        try {
            return reading.get();
        } finally {
            clock.close();
        }
    }

    private static String tasksOf(SparkSession spark) {
        var tracker = JavaSparkContext.fromSparkContext(spark.sparkContext()).statusTracker();
        List<SparkStageInfo> stages = IntStream.of(tracker.getActiveStageIds())
                .mapToObj(tracker::getStageInfo)
                .filter(stage -> stage != null)
                .toList();
        return stages.isEmpty()
                ? ""
                : String.format(
                        Locale.ROOT,
                        "  %,d of %,d tasks done",
                        stages.stream()
                                .mapToInt(SparkStageInfo::numCompletedTasks)
                                .sum(),
                        stages.stream().mapToInt(SparkStageInfo::numTasks).sum());
    }
}
