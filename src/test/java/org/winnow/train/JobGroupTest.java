package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.data.Shard;
import org.winnow.model.NetworkState;

class JobGroupTest {
    private static final SparkContext SPARK = SparkTest.session().sparkContext();

    /** Group and description of every job. */
    private static final class Jobs extends SparkListener {
        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void onJobStart(SparkListenerJobStart job) {
            Properties properties = job.properties();
            seen.add(properties.getProperty("spark.jobGroup.id") + " | "
                    + properties.getProperty("spark.job.description"));
        }
    }

    private static void train(Round.Listener listener) {
        List<Shard> shards = IntStream.range(0, 2)
                .mapToObj(i -> new Shard(i, Rows.block(32, i), Rows.block(4, 100 + i)))
                .toList();
        JavaRDD<Shard> spread = JavaSparkContext.fromSparkContext(SPARK).parallelize(shards, 2);
        TrainOptions options = TrainOptions.of(3, 16, 0.01, 2, 1);
        NetworkOptions layers = new NetworkOptions(List.of(3), NetworkOptions.Activation.TANH);
        NetworkState start = Networks.build(Optional.empty(), Rows.COLUMNS, Rows.HEAD, layers, options);
        AveragingTrainer.fit(
                spread, start, Rows.HEAD, options, new Run("trial-selecting", new Configuration(), listener));
    }

    @Test
    void everyJobOfARunIsInItsGroupAndEveryRoundIsOneJob() throws Exception {
        Jobs jobs = new Jobs();
        SPARK.addSparkListener(jobs);
        try {
            train(round -> {});
            SPARK.listenerBus().waitUntilEmpty();
        } finally {
            SPARK.removeSparkListener(jobs);
        }
        String group = "trial-selecting | trial-selecting";
        assertEquals(
                List.of(
                        group,
                        group + ": round 1 of 3",
                        group + ": round 2 of 3",
                        group + ": round 3 of 3",
                        group + ": judgement of the result"),
                jobs.seen);
    }

    @Test
    void whatWasSetBeforeIsSetAfterwardsToo() {
        assertNull(SPARK.getLocalProperty("spark.jobGroup.id"));
        train(round -> {});
        assertNull(SPARK.getLocalProperty("spark.jobGroup.id"));
        assertNull(SPARK.getLocalProperty("spark.job.description"));
        SPARK.setJobGroup("outer", "the caller's", true);
        try {
            assertThrows(
                    IllegalStateException.class,
                    () -> train(round -> {
                        throw new IllegalStateException("stopped");
                    }));
            assertEquals("outer", SPARK.getLocalProperty("spark.jobGroup.id"));
            assertEquals("the caller's", SPARK.getLocalProperty("spark.job.description"));
            assertEquals("true", SPARK.getLocalProperty("spark.job.interruptOnCancel"));
        } finally {
            SPARK.clearJobGroup();
        }
    }
}
