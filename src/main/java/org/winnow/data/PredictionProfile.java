package org.winnow.data;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.winnow.data.read.RawRow;
import org.winnow.data.read.RowFault;
import org.winnow.data.read.Source;

/**
 * What one pass over rows to predict for finds out: how many each part has, the first that cannot be used, and for each
 * feature how many rows have a category that the model does not know. Merging is associative and commutative.
 */
final class PredictionProfile implements Serializable {
    private static final long serialVersionUID = 1;

    private final TreeMap<Integer, Long> rows = new TreeMap<>();
    private final TreeMap<Integer, Unknown> unknown = new TreeMap<>();
    private @Nullable RowFault fault;

    /** How many rows have a category of a feature that the model does not know, and the first of them. */
    private record Unknown(long rows, TextProfile.Cell first) implements Serializable {
        Unknown merge(Unknown other) {
            return new Unknown(rows + other.rows, other.first.isBefore(first) ? other.first : first);
        }
    }

    /** Reads all rows once. */
    static PredictionProfile of(Source source, Schema schema, int[] slots, boolean unseenAllowed) {
        return source.rows()
                .mapPartitions(some -> List.of(
                                new PredictionProfile().read(some, new RowCoder(schema, slots, unseenAllowed), slots))
                        .iterator())
                .reduce(PredictionProfile::merge);
    }

    private PredictionProfile read(Iterator<RawRow> from, RowCoder coder, int[] slots) {
        try {
            while (from.hasNext()) {
                add(from.next(), coder, slots);
            }
        } catch (RowFault found) {
            fault = found;
        }
        return this;
    }

    private void add(RawRow row, RowCoder coder, int[] slots) {
        rows.merge(row.part(), 1L, Long::sum);
        double[] values = coder.features(row);
        for (int f = 0; f < values.length; f++) {
            String text = values[f] == Encoder.UNSEEN ? row.text(slots[f]) : null;
            if (text != null) {
                TextProfile.Cell cell = new TextProfile.Cell(row.part(), row.row(), text);
                unknown.merge(f, new Unknown(1, cell), Unknown::merge);
            }
        }
    }

    private PredictionProfile merge(PredictionProfile other) {
        other.rows.forEach((part, count) -> rows.merge(part, count, Long::sum));
        other.unknown.forEach((feature, found) -> unknown.merge(feature, found, Unknown::merge));
        if (fault == null || (other.fault != null && RowFault.BY_PLACE.compare(other.fault, fault) < 0)) {
            fault = other.fault;
        }
        return this;
    }

    /** Rows read of each part that has any. */
    SortedMap<Integer, Long> rows() {
        return rows;
    }

    /** The first row that cannot be used. */
    Optional<RowFault> fault() {
        return Optional.ofNullable(fault);
    }

    /** A sentence about each feature with categories that the model does not know. */
    List<String> warnings(Source source, Schema schema) {
        long all = rows.values().stream().mapToLong(Long::longValue).sum();
        return unknown.entrySet().stream()
                .map(found -> sentence(source, schema, found, all))
                .toList();
    }

    private String sentence(Source source, Schema schema, Map.Entry<Integer, Unknown> found, long all) {
        Feature feature = schema.features().get(found.getKey());
        TextProfile.Cell first = found.getValue().first();
        String what = String.format(
                Locale.ROOT,
                "\"%s\" is not among the categories the model knows (%s)%s; %,d of %,d rows have such a category, and are"
                        + " predicted as if they had none of those",
                first.text(),
                feature.categoriesInWords(),
                Spelling.alike(first.text(), feature.categories())
                        .map(known -> ", though \"" + known + "\" is")
                        .orElse(""),
                found.getValue().rows(),
                all);
        return RowFault.ofCell(first.part(), first.row(), feature.name(), what)
                .toUserError(source.parts(), rows)
                .getMessage();
    }
}
