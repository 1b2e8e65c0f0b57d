package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.Utils;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.SparkTest;

/** Inputs on their way; driver and executor are one process here, and on a cluster in its own test. */
class OutgoingTest {
    /** Some blocks, the last of which is not whole. */
    static final int LARGE = 2_500_000;

    private final JavaSparkContext spark =
            JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());

    @ParameterizedTest
    @CsvSource({"1000, 2", "1000, 5", "2500000, 1", "2500000, 4", "2500000, 5"})
    void anInputArrivesAsItWas(int parameters, int executors) {
        RoundInput input = input(parameters);
        try (Outgoing outgoing = Outgoing.of(input, spark, executors)) {
            RoundInput arrived = received(outgoing).value();
            assertArrayEquals(input.parameters().bytes(), arrived.parameters().bytes());
            assertArrayEquals(
                    input.updaterState().bytes(), arrived.updaterState().bytes());
            assertEquals(input.with(Packed.NONE, Packed.NONE), arrived.with(Packed.NONE, Packed.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource({"4", "5"})
    void allTasksOfAProcessShareOne(int executors) {
        try (Outgoing outgoing = Outgoing.of(input(LARGE), spark, executors)) {
            assertSame(
                    received(outgoing).value().parameters(),
                    received(outgoing).value().parameters());
        }
    }

    /** As a task has it. */
    private static Outgoing received(Outgoing sent) {
        return Utils.deserialize(Utils.serialize(sent));
    }

    static RoundInput input(int parameters) {
        return new RoundInput(
                "{}",
                TrainOptions.of(1, 16, 0.01, 3, 1),
                1,
                2,
                Packed.of(Normals.of(1, parameters)),
                Packed.of(Normals.of(2, 2 * parameters)),
                3,
                4,
                true);
    }
}
