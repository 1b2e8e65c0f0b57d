package org.winnow.report;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of a sweep in metric and sparsity.
 *
 * @param shown those of the front first
 */
record FrontSection(List<Point> points, long shown, long of) {
    private static final int MOST = 2_000;

    /**
     * A configuration.
     *
     * @param reference the metric with everything kept
     * @param flops for one row, where a network was pruned; null where features were selected
     * @param latency of one row, measured, in microseconds; null as well
     */
    record Point(
            String replicates,
            double sparsity,
            double metric,
            @Nullable Double std,
            @Nullable Double reference,
            double kept,
            @Nullable Double regWeight,
            @Nullable Double threshold,
            @Nullable Double topK,
            double trials,
            @Nullable Double flops,
            @Nullable Double latency,
            boolean onFront,
            boolean knee,
            boolean onFlopsFront,
            boolean flopsKnee) {
        private static Point of(Row row) {
            return new Point(
                    Cells.text(row, "replicates"),
                    Cells.known(row, "sparsity"),
                    Cells.known(row, "test_metric"),
                    Cells.number(row, "test_metric_std"),
                    Cells.number(row, "test_metric_all_features"),
                    Cells.known(row, "kept"),
                    Cells.number(row, "reg_weight"),
                    Cells.number(row, "threshold"),
                    Cells.number(row, "top_k"),
                    Cells.known(row, "trials"),
                    Cells.number(row, "flops"),
                    Cells.number(row, "latency_micros"),
                    Cells.flag(row, "on_front"),
                    Cells.flag(row, "knee"),
                    Cells.flag(row, "on_flops_front"),
                    Cells.flag(row, "flops_knee"));
        }
    }

    static FrontSection of(Dataset<Row> front) {
        List<Point> points = front
                .orderBy(col("on_front").desc(), col("on_flops_front").desc(), col("sparsity"), col("replicates"))
                .limit(MOST)
                .collectAsList()
                .stream()
                .map(Point::of)
                .toList();
        return new FrontSection(points, points.size(), front.count());
    }

    Optional<Point> knee() {
        return points.stream().filter(Point::knee).findFirst();
    }
}
