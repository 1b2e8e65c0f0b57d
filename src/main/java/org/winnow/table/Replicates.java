package org.winnow.table;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.special.Erf;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * The trials of one configuration that differ in their seeds alone, in the order of their seeds.
 *
 * @param configuration the row that they come from
 * @param trials for each its gates, in their order
 */
record Replicates(Row configuration, List<List<Row>> trials) {
    /** Rows of the table {@code stability}. */
    static final StructType STABILITY = new StructType()
            .add("replicates", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("reg_weight", DataTypes.DoubleType, true)
            .add("threshold", DataTypes.DoubleType, true)
            .add("top_k", DataTypes.IntegerType, true)
            .add("layer", DataTypes.StringType, false)
            .add("gate", DataTypes.IntegerType, false)
            .add("name", DataTypes.StringType, false)
            .add("trials", DataTypes.IntegerType, false)
            .add("selected", DataTypes.IntegerType, false)
            .add("frequency", DataTypes.DoubleType, false)
            .add("shard_frequency", DataTypes.DoubleType, true)
            .add("value_mean", DataTypes.DoubleType, false)
            .add("value_std", DataTypes.DoubleType, true)
            .add("shard_std_mean", DataTypes.DoubleType, true)
            .add("rank_mean", DataTypes.DoubleType, false)
            .add("stable", DataTypes.BooleanType, false)
            .add("false_bound", DataTypes.DoubleType, true)
            .add("stability_index", DataTypes.DoubleType, true)
            .add("stability_lower", DataTypes.DoubleType, true)
            .add("stability_upper", DataTypes.DoubleType, true)
            .add("jaccard", DataTypes.DoubleType, true);

    /** Means over replicates, as the table {@code front} begins with. */
    static final StructType MEANS = new StructType()
            .add("replicates", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("metric", DataTypes.StringType, false)
            .add("reg_weight", DataTypes.DoubleType, true)
            .add("threshold", DataTypes.DoubleType, true)
            .add("top_k", DataTypes.IntegerType, true)
            .add("trials", DataTypes.IntegerType, false)
            .add("test_metric", DataTypes.DoubleType, false)
            .add("test_metric_std", DataTypes.DoubleType, true)
            .add("test_metric_all_features", DataTypes.DoubleType, true)
            .add("sparsity", DataTypes.DoubleType, false)
            .add("kept", DataTypes.DoubleType, false)
            .add("flops", DataTypes.DoubleType, true)
            .add("latency_micros", DataTypes.DoubleType, true);

    /** Subsamples of half of the rows, which the bound on false selections is proven for. */
    private static final double HALF = 0.5;

    static Replicates of(Row row) {
        List<Row> trials = row.getList(row.fieldIndex("trials"));
        return new Replicates(
                row,
                trials.stream()
                        .map(trial -> trial.<Row>getList(trial.fieldIndex("gates")))
                        .toList());
    }

    /** The rows of {@link #STABILITY}. */
    Iterator<Row> rows(double stableFrequency) {
        Agreement agreement = Agreement.of(trials.stream().map(Replicates::mask).toList());
        Double bound = falseBound(stableFrequency);
        List<Row> rows = new ArrayList<>();
        for (int gate = 0; gate < trials.get(0).size(); gate++) {
            int at = gate;
            List<Row> ofGate = trials.stream().map(gates -> gates.get(at)).toList();
            int selected = (int) ofGate.stream()
                    .filter(row -> row.<Boolean>getAs("selected"))
                    .count();
            double frequency = (double) selected / trials.size();
            rows.add(RowFactory.create(
                    configuration.getAs("replicates"),
                    configuration.getAs("method"),
                    configuration.getAs("reg_weight"),
                    configuration.getAs("threshold"),
                    configuration.getAs("top_k"),
                    ofGate.get(0).getAs("layer"),
                    ofGate.get(0).getAs("gate"),
                    ofGate.get(0).getAs("name"),
                    trials.size(),
                    selected,
                    frequency,
                    Tables.known(shardFrequency(ofGate)),
                    mean(ofGate, row -> row.<Double>getAs("value")),
                    Tables.known(deviation(ofGate, row -> row.<Double>getAs("value"))),
                    Tables.known(mean(ofGate, row -> number(row, "shard_std"))),
                    mean(ofGate, row -> row.<Integer>getAs("rank")),
                    frequency >= stableFrequency,
                    bound,
                    Tables.known(agreement.index()),
                    Tables.known(agreement.lower()),
                    Tables.known(agreement.upper()),
                    Tables.known(agreement.jaccard())));
        }
        return rows.iterator();
    }

    /**
     * Expected number of false features among the stable ones, at most: q² / ((2 π - 1) p) for q features kept on
     * average of p, and the least frequency π (Meinshausen and Bühlmann 2010, arXiv:0809.2932). Unknown but for
     * subsamples of half of the rows.
     */
    private @Nullable Double falseBound(double stableFrequency) {
        Double testFraction = configuration.getAs("test_fraction");
        if (testFraction == null || testFraction != HALF) {
            return null;
        }
        double kept = 0;
        for (List<Row> gates : trials) {
            kept += (double) gates.stream()
                            .filter(row -> row.<Boolean>getAs("selected"))
                            .count()
                    / trials.size();
        }
        return kept * kept / ((2 * stableFrequency - 1) * trials.get(0).size());
    }

    /** A row of {@link #MEANS}. */
    static Row means(Row configuration) {
        List<Row> trials = configuration.getList(configuration.fieldIndex("trials"));
        return RowFactory.create(
                configuration.getAs("replicates"),
                configuration.getAs("method"),
                configuration.getAs("metric"),
                configuration.getAs("reg_weight"),
                configuration.getAs("threshold"),
                configuration.getAs("top_k"),
                trials.size(),
                mean(trials, row -> row.<Double>getAs("test_metric")),
                Tables.known(deviation(trials, row -> row.<Double>getAs("test_metric"))),
                Tables.known(mean(trials, row -> number(row, "test_metric_all_features"))),
                mean(trials, row -> row.<Double>getAs("sparsity")),
                mean(trials, row -> row.<Integer>getAs("kept")),
                Tables.known(mean(trials, row -> number(row, "flops"))),
                Tables.known(mean(trials, row -> number(row, "latency_micros"))));
    }

    /**
     * The mean over replicates of the share of their shards whose own gates, before the last average, are above the
     * threshold, as raw values go that are normal with the mean and deviation of the shards. Not a number where something
     * else than a threshold decides.
     */
    private double shardFrequency(List<Row> ofGate) {
        if (!configuration.<Boolean>getAs("by_threshold")) {
            return Double.NaN;
        }
        double threshold = configuration.<Double>getAs("threshold");
        return mean(ofGate, row -> {
            double apart = row.<Double>getAs("shard_mean") - threshold;
            double deviation = number(row, "shard_std");
            return deviation == 0 ? (apart > 0 ? 1 : 0) : Erf.erfc(-apart / deviation / Math.sqrt(2)) / 2;
        });
    }

    private static boolean[] mask(List<Row> gates) {
        boolean[] mask = new boolean[gates.size()];
        for (int gate = 0; gate < mask.length; gate++) {
            mask[gate] = gates.get(gate).<Boolean>getAs("selected");
        }
        return mask;
    }

    private static double mean(List<Row> rows, ToDoubleFunction<Row> number) {
        double sum = 0;
        for (Row row : rows) {
            sum += number.applyAsDouble(row);
        }
        return sum / rows.size();
    }

    /** An estimate from these rows; not a number for one. */
    private static double deviation(List<Row> rows, ToDoubleFunction<Row> number) {
        double mean = mean(rows, number);
        double squares = 0;
        for (Row row : rows) {
            double apart = number.applyAsDouble(row) - mean;
            squares += apart * apart;
        }
        return Math.sqrt(squares / (rows.size() - 1));
    }

    private static double number(Row row, String column) {
        Number value = row.getAs(column);
        return value == null ? Double.NaN : value.doubleValue();
    }
}
