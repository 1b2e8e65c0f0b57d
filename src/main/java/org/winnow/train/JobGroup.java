package org.winnow.train;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkContext;
import org.jspecify.annotations.Nullable;

/**
 * Names the jobs of a training run in Spark's own pages: a group for the run, a description for every round. Closing it
 * puts back what was set before.
 */
final class JobGroup implements AutoCloseable {
    /** The properties of this thread that {@link SparkContext#setJobGroup} writes. */
    private static final List<String> PROPERTIES =
            List.of("spark.jobGroup.id", "spark.job.description", "spark.job.interruptOnCancel");

    private final SparkContext spark;
    private final String run;
    private final Waiting waiting;
    private final Map<String, @Nullable String> before = new LinkedHashMap<>();

    JobGroup(SparkContext spark, String run) {
        this.spark = spark;
        this.run = run;
        PROPERTIES.forEach(property -> before.put(property, spark.getLocalProperty(property)));
        spark.setJobGroup(run, run, false);
        waiting = new Waiting(spark, run);
    }

    /** Says what the jobs from now on are for. */
    void describe(String purpose) {
        spark.setJobDescription(run + ": " + purpose);
    }

    @Override
    public void close() {
        waiting.close();
        before.forEach(spark::setLocalProperty);
    }
}
