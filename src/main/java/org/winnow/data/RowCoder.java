package org.winnow.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.winnow.data.read.Numbers;
import org.winnow.data.read.RawRow;
import org.winnow.data.read.RowFault;

/** Turns the cells of rows into numbers: the target, then for each feature its number or the index of its category. */
final class RowCoder {
    private final Schema schema;
    private final int[] slots;
    private final boolean unseenAllowed;
    private final List<Map<String, Integer>> categories = new ArrayList<>();
    private final Map<String, Integer> classes;

    /**
     * @param slots the slot of each feature of the schema
     * @param unseenAllowed whether a category may be new
     */
    RowCoder(Schema schema, int[] slots, boolean unseenAllowed) {
        this.schema = schema;
        this.slots = slots;
        this.unseenAllowed = unseenAllowed;
        this.classes = indexes(schema.classes());
        schema.features().forEach(feature -> categories.add(indexes(feature.categories())));
    }

    private static Map<String, Integer> indexes(List<String> names) {
        Map<String, Integer> indexes = new HashMap<>();
        names.forEach(name -> indexes.put(name, indexes.size()));
        return indexes;
    }

    /** Target and features of a row to learn from. */
    double[] labelled(RawRow row) {
        double[] values = new double[1 + slots.length];
        values[0] = target(row);
        fill(row, values, 1);
        return values;
    }

    private double target(RawRow row) {
        if (schema.task() == Task.REGRESSION) {
            return row.number(0);
        }
        String text = row.text(0);
        String name = text == null ? Numbers.name(row.number(0) + 0.0) : text;
        Integer index = classes.get(name);
        if (index == null) {
            throw new IllegalStateException("the data changed while it was read: new class " + name);
        }
        return index;
    }

    /** The features of a row to predict for. */
    double[] features(RawRow row) {
        double[] values = new double[slots.length];
        fill(row, values, 0);
        return values;
    }

    private void fill(RawRow row, double[] values, int from) {
        for (int f = 0; f < slots.length; f++) {
            String text = row.text(slots[f]);
            values[from + f] = text == null ? row.number(slots[f]) : category(row, f, text);
        }
    }

    private double category(RawRow row, int f, String text) {
        Feature feature = schema.features().get(f);
        if (feature.kind() == Feature.Kind.NUMERIC) {
            throw fault(
                    row,
                    feature,
                    "\"" + text + "\" is not a number, which the model needs here"
                            + (isTruth(text)
                                    ? "; write 1 for true and 0 for false, as Parquet's booleans are read"
                                    : ""));
        }
        Integer index = index(f, text);
        if (index == null && !unseenAllowed) {
            throw fault(
                    row,
                    feature,
                    "\"" + text + "\" is not among the categories the model knows ("
                            + feature.categoriesInWords()
                            + "); correct its spelling, or set data.missing to mean or most_frequent to predict as if it were none of them");
        }
        return index == null ? Encoder.UNSEEN : index;
    }

    /** The place of a category; of the words for true and false also that which is spelled so, or as a number. */
    private @Nullable Integer index(int f, String text) {
        Map<String, Integer> known = categories.get(f);
        Integer index = known.get(text);
        if (index != null || !isTruth(text)) {
            return index;
        }
        return Spelling.alike(text, known.keySet())
                .map(known::get)
                .orElseGet(() -> known.get(text.equalsIgnoreCase("true") ? "1" : "0"));
    }

    private static boolean isTruth(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static RowFault fault(RawRow row, Feature feature, String what) {
        return RowFault.ofCell(row.part(), row.row(), feature.name(), what);
    }
}
