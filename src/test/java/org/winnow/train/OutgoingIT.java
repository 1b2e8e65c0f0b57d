package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs on their way to executors that are processes of their own. */
@Timeout(1200)
class OutgoingIT {
    private static final int EXECUTORS = 2;
    private static final int TASKS = 8;

    private static JavaSparkContext spark;

    /** What a task sees of a round's input, the same object for all tasks of a process. */
    private record Seen(String executor, int object, int content) implements Serializable {
        static Seen of(RoundInput input) {
            return new Seen(SparkEnv.get().executorId(), System.identityHashCode(input), contentOf(input));
        }
    }

    @BeforeAll
    static void start() {
        spark = new JavaSparkContext(new SparkConf()
                .setAppName("outgoing")
                .setMaster("local-cluster[" + EXECUTORS + ",1,1024]")
                .set("spark.driver.host", "127.0.0.1")
                .set("spark.ui.enabled", "false")
                .set("spark.cores.max", String.valueOf(EXECUTORS))
                .set("spark.scheduler.minRegisteredResourcesRatio", "1.0")
                .set("spark.executor.extraClassPath", System.getProperty("java.class.path")));
    }

    @AfterAll
    static void stop() {
        spark.stop();
    }

    @ParameterizedTest
    @ValueSource(ints = {EXECUTORS, Outgoing.FEW + 1})
    void everyExecutorGetsALargeStateOnceAndAsItWas(int executors) {
        RoundInput input = OutgoingTest.input(OutgoingTest.LARGE);
        try (Outgoing outgoing = Outgoing.of(input, spark, executors)) {
            List<Seen> seen = spark.parallelize(Collections.nCopies(TASKS, 0), TASKS)
                    .map(task -> Seen.of(outgoing.value()))
                    .collect();
            Set<Seen> different = new HashSet<>(seen);
            assertEquals(EXECUTORS, different.size(), seen::toString);
            different.forEach(each -> assertEquals(contentOf(input), each.content()));
        }
    }

    private static int contentOf(RoundInput input) {
        return 31 * Arrays.hashCode(input.parameters().bytes())
                + Arrays.hashCode(input.updaterState().bytes());
    }
}
