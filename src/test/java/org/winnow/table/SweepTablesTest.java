package org.winnow.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.GateResult;
import org.winnow.model.TrialResult;

class SweepTablesTest {
    private static final String PATH = "gates.reg_weight";

    /** A trial of a configuration, which keeps these of four gates. */
    private static Row trial(String configuration, int seed, double testFraction, double metric, int... kept) {
        return trial(configuration, seed, testFraction, metric, null, kept);
    }

    /** A pruned network that takes so many operations, and as many microseconds. */
    private static Row network(String configuration, double metric, long flops, int... kept) {
        return trial(configuration, 1, 0.2, metric, flops, kept);
    }

    private static Row trial(
            String configuration, int seed, double testFraction, double metric, @Nullable Long flops, int... kept) {
        return Tables.row(
                new TrialResult(
                        configuration + seed,
                        "select",
                        "stochastic-gates",
                        Map.of(PATH, "0.1", "select.threshold", "0.5", "data.test_fraction", "" + testFraction),
                        seed,
                        2,
                        "done",
                        1,
                        0,
                        0,
                        "accuracy",
                        metric,
                        0.97,
                        0.6,
                        1 - kept.length / 4.0,
                        kept.length,
                        4,
                        0,
                        ""),
                "training",
                null,
                configuration,
                0.5,
                flops,
                flops == null ? null : (double) flops);
    }

    private static List<Row> gates(String configuration, int seed, int... kept) {
        return IntStream.range(0, 4)
                .mapToObj(gate -> {
                    boolean selected = IntStream.of(kept).anyMatch(k -> k == gate);
                    return Tables.row(new GateResult(
                            configuration + seed,
                            "gates",
                            gate,
                            "x" + gate,
                            selected ? 1 : 0,
                            0,
                            0,
                            0,
                            0.1,
                            0,
                            0.1,
                            Double.NaN,
                            Double.NaN,
                            gate + 1,
                            selected));
                })
                .toList();
    }

    private static Dataset<Row> trials(Row... rows) {
        return SparkTest.session().createDataFrame(List.of(rows), Tables.SWEEP_TRIALS);
    }

    private static Dataset<Row> stability(double testFraction) {
        Dataset<Row> trials = trials(
                trial("a", 1, testFraction, 0.9, 0, 1),
                trial("a", 2, testFraction, 0.9, 0),
                trial("a", 3, testFraction, 0.9, 0, 1, 3));
        List<Row> gates = new ArrayList<>(gates("a", 1, 0, 1));
        gates.addAll(gates("a", 2, 0));
        gates.addAll(gates("a", 3, 0, 1, 3));
        return SweepTables.stability(trials, SparkTest.session().createDataFrame(gates, Tables.GATES), PATH, 0.9);
    }

    @Test
    void stabilityCountsWhatReplicatesKeepAndHowFarTheyAgree() {
        List<Row> rows = stability(0.2).collectAsList();
        assertEquals(4, rows.size());
        Row second = rows.get(1);
        assertEquals("x1", second.getAs("name"));
        assertEquals(2.0 / 3, second.<Double>getAs("frequency"), 1e-12);
        assertEquals(2.0 / 3, second.<Double>getAs("value_mean"), 1e-12);
        assertEquals(Math.sqrt(1.0 / 3), second.<Double>getAs("value_std"), 1e-12);
        assertEquals(2, second.<Double>getAs("rank_mean"));
        assertEquals(1 - (2.0 / 3 / 4) / 0.25, second.<Double>getAs("stability_index"), 1e-12);
        assertTrue(rows.get(0).<Boolean>getAs("stable"));
        assertEquals(false, second.getAs("stable"));
        assertNull(second.getAs("false_bound"), "known for subsamples of half of the rows only");
    }

    @Test
    void shardsThatAreSureAgreeAndOthersCountAsTheyAreSpread() {
        List<Row> rows = stability(0.2).collectAsList();
        assertEquals(0, rows.get(0).<Double>getAs("shard_frequency"), 1e-6, "a mean of 0, five deviations below 0.5");
        Dataset<Row> trials = trials(trial("a", 1, 0.2, 0.9, 0));
        Row unsure = Tables.row(new GateResult("a1", "gates", 0, "x0", 1, 0, 0, 0.6, 0.1, 0, 0.1, 0.01, 0.02, 1, true));
        Row first = SweepTables.stability(
                        trials, SparkTest.session().createDataFrame(List.of(unsure), Tables.GATES), PATH, 0.9)
                .first();
        assertEquals(0.8413447, first.<Double>getAs("shard_frequency"), 1e-6, "one deviation above");
    }

    @Test
    void networksHaveFrontsOfOperationsAndOfTimeToo() {
        List<Row> rows = SweepTables.front(
                        trials(
                                network("sparse", 0.9, 400, 0, 1),
                                network("cheap", 0.9, 200, 0, 1, 2),
                                network("best", 0.95, 800, 0, 1, 2)),
                        PATH)
                .orderBy("flops")
                .collectAsList();
        assertEquals(
                List.of("cheap", "sparse", "best"),
                rows.stream().map(r -> r.getAs("replicates")).toList());
        assertEquals(
                List.of(false, true, true),
                rows.stream().map(r -> r.getAs("on_front")).toList());
        assertEquals(
                List.of(true, false, true),
                rows.stream().map(r -> r.getAs("on_flops_front")).toList());
        assertEquals(
                List.of(true, false, true),
                rows.stream().map(r -> r.getAs("on_latency_front")).toList());
    }

    @Test
    void subsamplesOfHalfBoundTheFalseFeatures() {
        Row row = stability(0.5).first();
        assertEquals(2.0 * 2 / ((2 * 0.9 - 1) * 4), row.<Double>getAs("false_bound"), 1e-12);
    }

    @Test
    void consensusCombinesMasks() {
        List<Row> rows = SweepTables.consensus(stability(0.2)).orderBy("gate").collectAsList();
        assertEquals(
                List.of(true, true, false, false),
                rows.stream().map(r -> r.getAs("majority")).toList());
        assertEquals(
                List.of(true, false, false, false),
                rows.stream().map(r -> r.getAs("intersection")).toList());
        assertEquals(
                List.of(true, true, false, true),
                rows.stream().map(r -> r.getAs("union")).toList());
    }

    @Test
    void theFrontIsWhatNoOtherBeatsAndItsKneeBendsMost() {
        List<Row> rows = SweepTables.front(
                        trials(
                                trial("all", 1, 0.2, 0.97, 0, 1, 2, 3),
                                trial("worse", 1, 0.2, 0.90, 0, 1, 2),
                                trial("knee", 1, 0.2, 0.96, 0, 1),
                                trial("one", 1, 0.2, 0.80, 0)),
                        PATH)
                .orderBy("kept")
                .collectAsList();
        assertEquals(
                List.of("one", "knee", "worse", "all"),
                rows.stream().map(r -> r.getAs("replicates")).toList());
        assertEquals(
                List.of(true, true, false, true),
                rows.stream().map(r -> r.getAs("on_front")).toList());
        assertEquals(
                List.of(false, true, false, false),
                rows.stream().map(r -> r.getAs("knee")).toList());
    }

    @Test
    void configurationsThatLackReplicatesAreNotOnTheFront() {
        Dataset<Row> front = SweepTables.front(
                trials(trial("a", 1, 0.2, 0.8, 0), trial("a", 2, 0.2, 0.9, 0, 1), trial("b", 1, 0.2, 1, 0)), PATH);
        assertEquals(
                List.of("a"),
                front.collectAsList().stream().map(r -> r.getAs("replicates")).toList());
        assertEquals(0.85, front.first().<Double>getAs("test_metric"), 1e-12);
        assertEquals(1.5, front.first().<Double>getAs("kept"), 1e-12);
    }
}
