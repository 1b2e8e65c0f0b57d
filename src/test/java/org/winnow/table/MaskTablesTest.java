package org.winnow.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.model.MaskResult;
import org.winnow.model.TrialResult;

class MaskTablesTest {
    private static final String PATH = "prune.reg_weight";
    private static final List<List<Integer>> KEPT = List.of(List.of(0, 1), List.of(0), List.of(0, 1, 3));

    private static Dataset<Row> trials() {
        List<Row> rows = IntStream.range(0, KEPT.size())
                .mapToObj(seed -> Tables.row(
                        new TrialResult(
                                "trial" + seed,
                                "prune",
                                "vd",
                                Map.of(PATH, "0.1"),
                                seed,
                                2,
                                "done",
                                1,
                                0,
                                0,
                                "accuracy",
                                0.9,
                                0.97,
                                0.6,
                                0.5,
                                KEPT.get(seed).size(),
                                4,
                                0,
                                ""),
                        "training",
                        null,
                        "configuration",
                        3.0,
                        10L,
                        1.0))
                .toList();
        return SparkTest.session().createDataFrame(rows, Tables.SWEEP_TRIALS);
    }

    private static Dataset<Row> masks() {
        List<Row> rows = IntStream.range(0, KEPT.size())
                .mapToObj(seed -> {
                    boolean[] mask = new boolean[4];
                    KEPT.get(seed).forEach(kept -> mask[kept] = true);
                    return Tables.row(MaskResult.of("trial" + seed, 3, "fc1", "weight", new long[] {2, 2}, mask));
                })
                .toList();
        return SparkTest.session().createDataFrame(rows, Tables.MASKS);
    }

    @Test
    void stabilityIsThatOfTheSameMasksOfGates() {
        Row row = MaskTables.stability(trials(), masks(), PATH).first();
        assertEquals(3, row.<Integer>getAs("trials"));
        assertEquals(0.1, row.<Double>getAs("reg_weight"));
        assertEquals(2, row.<Double>getAs("kept_mean"), 1e-12);
        assertEquals(1, row.<Double>getAs("kept_std"), 1e-12);
        assertEquals(0.5, row.<Double>getAs("sparsity_mean"), 1e-12);
        assertEquals(1 - (2.0 / 3 / 4) / 0.25, row.<Double>getAs("stability_index"), 1e-12);
    }

    @Test
    void consensusIsAMaskForEachRuleWithCounts() {
        Dataset<Row> consensus = MaskTables.consensus(trials(), masks(), PATH);
        Map<String, boolean[]> expected = Map.of(
                "majority", new boolean[] {true, true, false, false},
                "intersection", new boolean[] {true, false, false, false},
                "union", new boolean[] {true, true, false, true});
        assertEquals(3, consensus.count());
        expected.forEach((rule, mask) -> {
            Dataset<Row> of = consensus.where(functions.col("rule").equalTo(rule));
            MaskResult combined =
                    Tables.mask(of.withColumn("trial_id", functions.lit("")).first());
            assertArrayEquals(mask, combined.mask(), rule);
            assertEquals(List.of(1L, 1L, 1L, 1L), of.first().getList(of.first().fieldIndex("counts")));
        });
    }
}
