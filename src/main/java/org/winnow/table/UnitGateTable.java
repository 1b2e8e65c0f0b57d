package org.winnow.table;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.model.MaskResult;
import org.winnow.model.UnitGates;

/** The gates of a pruned network as a table. */
public final class UnitGateTable {
    /** One row per gate; {@code gate} is its place in row-major order. */
    public static final StructType COLUMNS = new StructType()
            .add("trial_id", DataTypes.StringType, false)
            .add("layer", DataTypes.StringType, false)
            .add("parameter", DataTypes.StringType, false)
            .add("gate", DataTypes.IntegerType, false)
            .add("value", DataTypes.DoubleType, false)
            .add("selected", DataTypes.BooleanType, false);

    private UnitGateTable() {}

    /**
     * Rows of {@link #COLUMNS}.
     *
     * @param masks what was decided by the gates; of one trial, those of the threshold that counts first
     * @throws IllegalArgumentException if gates have no mask
     */
    public static LocalTable of(List<UnitGates> gates, List<MaskResult> masks) {
        List<Row> rows = new ArrayList<>();
        gates.forEach(units -> addRows(units, mask(units, masks), rows));
        return new LocalTable(COLUMNS, rows);
    }

    private static MaskResult mask(UnitGates units, List<MaskResult> masks) {
        return masks.stream()
                .filter(mask -> mask.layer().equals(units.layer())
                        && mask.parameter().equals(units.parameter())
                        && mask.total() == units.values().length)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the gates of " + units.layer() + " have no mask"));
    }

    private static void addRows(UnitGates units, MaskResult mask, List<Row> rows) {
        boolean[] kept = mask.mask();
        for (int gate = 0; gate < kept.length; gate++) {
            double value = units.values()[gate];
            rows.add(RowFactory.create(mask.trialId(), units.layer(), units.parameter(), gate, value, kept[gate]));
        }
    }
}
