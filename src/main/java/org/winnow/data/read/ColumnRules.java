package org.winnow.data.read;

import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.winnow.check.UserError;

/**
 * Which columns of a table are read, and how.
 *
 * @param label name or 0-based position of the label; empty: the column called "label" or "target"
 * @param only the features to read, in this order, and no label; empty: every column
 * @param categorical columns whose cells are text even where they look like numbers
 * @param ignore columns left out
 * @param missingValues cells that stand for a missing value
 * @param missingAllowed whether there may be any
 */
public record ColumnRules(
        String label,
        List<String> only,
        List<String> categorical,
        List<String> ignore,
        List<String> missingValues,
        boolean missingAllowed)
        implements Serializable {

    /** Which columns of a table with this header go into which slot, the label's first. */
    TableColumns select(List<String> header, String file) {
        Set<String> seen = new HashSet<>();
        for (String name : header) {
            if (!seen.add(name)) {
                throw new UserError(file + ": two columns are called \"" + name + "\"; names must differ");
            }
        }
        if (!only.isEmpty()) {
            only.forEach(name -> requireColumn(name, header, file, "data.path"));
            return columns("", only, header);
        }
        requireIgnored(header, file);
        categorical.forEach(name -> requireColumn(name, header, file, "data.categorical"));
        String target = findLabel(header, file);
        List<String> features = header.stream()
                .filter(name -> !name.equals(target) && !ignore.contains(name))
                .toList();
        if (features.isEmpty()) {
            throw new UserError(
                    file + ": no feature is left beside the label \"" + target + "\"; columns: " + listed(header));
        }
        return columns(target, features, header);
    }

    /** For rows whose columns are numbered, not named. */
    void requireNoCategorical(String file) {
        if (!categorical.isEmpty()) {
            throw new UserError("data.categorical: only columns of CSV and Parquet can be categorical, got "
                    + String.join(", ", categorical) + " for " + file);
        }
    }

    /** Requires that there are the columns that are to be left out. */
    void requireIgnored(List<String> names, String file) {
        ignore.forEach(name -> requireColumn(name, names, file, "data.ignore"));
    }

    /** What to say about a label that was configured for data that brings its own. */
    List<String> labelWarnings(String format) {
        return label.isEmpty() || !only.isEmpty()
                ? List.of()
                : List.of("data.label=" + label + " is not used: " + format + " data has its own label");
    }

    private TableColumns columns(String target, List<String> features, List<String> header) {
        int[] positions = IntStream.concat(
                        IntStream.of(header.indexOf(target)), features.stream().mapToInt(header::indexOf))
                .toArray();
        boolean[] text = new boolean[positions.length];
        for (int slot = 1; slot < text.length; slot++) {
            text[slot] = categorical.contains(features.get(slot - 1));
        }
        return new TableColumns(target, features, positions, text);
    }

    private String findLabel(List<String> header, String file) {
        if (label.isEmpty()) {
            return List.of("label", "target").stream()
                    .filter(header::contains)
                    .findFirst()
                    .orElseThrow(() -> new UserError("data.label must be the name or 0-based position of the label in "
                            + file + "; columns: " + listed(header)));
        }
        if (!header.contains(label) && label.matches("\\d{1,9}")) {
            int position = Integer.parseInt(label);
            if (position >= header.size()) {
                throw new UserError("data.label: position must be in 0.." + (header.size() - 1) + " for " + file
                        + ", got " + label);
            }
            return header.get(position);
        }
        requireColumn(label, header, file, "data.label");
        return label;
    }

    private static void requireColumn(String name, List<String> header, String file, String key) {
        if (!header.contains(name)) {
            throw new UserError(key + ": no column \"" + name + "\" in " + file + "; columns: " + listed(header));
        }
    }

    private static String listed(List<String> names) {
        return names.size() <= 40
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, 40)) + ", … (" + names.size() + ")";
    }
}
