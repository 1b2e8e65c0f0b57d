package org.winnow.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.winnow.model.MaskResult;

/**
 * The masks of a parameter in trials that differ in their seeds alone, in the order of their seeds.
 *
 * @param configuration the row that they come from
 */
record MaskReplicates(Row configuration, List<MaskResult> records, List<boolean[]> masks) {
    private static final StructType KEYS = new StructType()
            .add("replicates", DataTypes.StringType, false)
            .add("method", DataTypes.StringType, false)
            .add("reg_weight", DataTypes.DoubleType, true)
            .add("threshold", DataTypes.DoubleType, false)
            .add("layer", DataTypes.StringType, false)
            .add("parameter", DataTypes.StringType, false)
            .add("trials", DataTypes.IntegerType, false);

    /** Rows of the table {@code stability}. */
    static final StructType STABILITY = KEYS.add("total", DataTypes.LongType, false)
            .add("kept_mean", DataTypes.DoubleType, false)
            .add("kept_std", DataTypes.DoubleType, true)
            .add("sparsity_mean", DataTypes.DoubleType, false)
            .add("stability_index", DataTypes.DoubleType, true)
            .add("stability_lower", DataTypes.DoubleType, true)
            .add("stability_upper", DataTypes.DoubleType, true)
            .add("jaccard", DataTypes.DoubleType, true);

    /** Rows of the table {@code consensus}: of those of {@code masks} what a mask is. */
    static final StructType CONSENSUS = KEYS.add("rule", DataTypes.StringType, false)
            .add("shape", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("total", DataTypes.LongType, false)
            .add("kept", DataTypes.LongType, false)
            .add("encoding", DataTypes.StringType, false)
            .add("indices", DataTypes.createArrayType(DataTypes.LongType, false), false)
            .add("counts", DataTypes.createArrayType(DataTypes.LongType, false), false);

    static MaskReplicates of(Row row) {
        List<Row> masks = row.getList(row.fieldIndex("masks"));
        List<MaskResult> records = masks.stream().map(Tables::mask).toList();
        return new MaskReplicates(
                row, records, records.stream().map(MaskResult::mask).toList());
    }

    /** The row of {@link #STABILITY}. */
    Row stability() {
        long total = records.get(0).total();
        double mean = 0;
        for (MaskResult mask : records) {
            mean += (double) mask.kept() / records.size();
        }
        double squares = 0;
        for (MaskResult mask : records) {
            squares += (mask.kept() - mean) * (mask.kept() - mean);
        }
        Agreement agreement = Agreement.of(masks);
        return row(
                total,
                mean,
                Tables.known(Math.sqrt(squares / (records.size() - 1))),
                1 - mean / total,
                Tables.known(agreement.index()),
                Tables.known(agreement.lower()),
                Tables.known(agreement.upper()),
                Tables.known(agreement.jaccard()));
    }

    /** The rows of {@link #CONSENSUS}. */
    Iterator<Row> consensus() {
        int trials = masks.size();
        int[] keptBy = new int[masks.get(0).length];
        for (boolean[] mask : masks) {
            for (int i = 0; i < keptBy.length; i++) {
                keptBy[i] += mask[i] ? 1 : 0;
            }
        }
        long[] counts = new long[trials + 1];
        for (int by : keptBy) {
            counts[by]++;
        }
        Map<String, IntPredicate> rules = new TreeMap<>(
                Map.of("majority", by -> 2 * by > trials, "intersection", by -> by == trials, "union", by -> by > 0));
        List<Row> rows = new ArrayList<>();
        rules.forEach((rule, keeps) -> rows.add(combined(rule, keeps, keptBy, counts)));
        return rows.iterator();
    }

    private Row combined(String rule, IntPredicate keeps, int[] keptBy, long[] counts) {
        boolean[] mask = new boolean[keptBy.length];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = keeps.test(keptBy[i]);
        }
        MaskResult any = records.get(0);
        MaskResult made = MaskResult.of("", any.threshold(), any.layer(), any.parameter(), any.shape(), mask);
        return row(rule, made.shape(), made.total(), made.kept(), made.encoding(), made.indices(), counts);
    }

    private Row row(@Nullable Object... cells) {
        List<@Nullable Object> all = new ArrayList<>();
        for (String key : List.of("replicates", "method", "reg_weight", "threshold", "layer", "parameter")) {
            all.add(configuration.getAs(key));
        }
        all.add(masks.size());
        all.addAll(Arrays.asList(cells));
        return RowFactory.create(all.toArray());
    }
}
