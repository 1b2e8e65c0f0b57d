package org.winnow.data.read;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param keep columns that stay although they are named as an index
 * @param missingValues cells that stand for a missing value
 * @param missingAllowed whether there may be any
 */
public record ColumnRules(
        String label,
        List<String> only,
        List<String> categorical,
        List<String> ignore,
        List<String> keep,
        List<String> missingValues,
        boolean missingAllowed)
        implements Serializable {
    private static final int MOST_NAMES = 40;
    private static final String UNNAMED = "|Unnamed: \\d+(_level_\\d+)?(\\.\\d+)*";
    private static final String INDEX = UNNAMED + "|__index_level_\\d+__";

    /** Which columns of a table with this header go into which slot, the label's first. */
    TableColumns select(List<String> header, String file) {
        return select(header, Set.of(), file);
    }

    /**
     * The same where some columns are known to be an index.
     *
     * @param index names of such columns
     */
    TableColumns select(List<String> header, Set<String> index, String file) {
        if (!only.isEmpty()) {
            Set<String> names = Set.copyOf(header);
            only.forEach(name -> require(names.contains(name), name, header, file, "data.path"));
            return columns("", only, header, List.of(), file);
        }
        requireIgnored(header, file);
        requireColumns(categorical, header, file, "data.categorical");
        requireColumns(keep, header, file, "data.keep");
        String target = findLabel(header, file);
        Set<String> ignored = new HashSet<>(ignore);
        List<String> left = header.stream()
                .filter(name -> !name.equals(target) && !ignored.contains(name))
                .toList();
        Set<String> indexes = new HashSet<>(left);
        indexes.removeIf(name -> keep.contains(name) || !(index.contains(name) || name.matches(INDEX)));
        List<String> features =
                left.stream().filter(name -> !indexes.contains(name)).toList();
        if (features.isEmpty()) {
            throw new UserError(
                    file + ": no feature is left beside the label \"" + target + "\"; columns: " + listed(header));
        }
        return columns(target, features, header, indexWarnings(indexes, file), file);
    }

    /** Whether a header has the label's name, or names of features that are asked for. */
    boolean namesLabel(List<String> header) {
        return !only.isEmpty()
                || header.contains("label")
                || header.contains("target")
                || (!label.isEmpty() && header.contains(label));
    }

    /** Whether a column has no name, or one that pandas gives to such columns. */
    static boolean isUnnamed(String name) {
        return name.matches(UNNAMED);
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
        requireColumns(ignore, names, file, "data.ignore");
    }

    /** What to say about a label that was configured for data that brings its own. */
    List<String> labelWarnings(String format) {
        return label.isEmpty() || !only.isEmpty()
                ? List.of()
                : List.of("data.label=" + label + " is not used: " + format + " data has its own label");
    }

    private static List<String> indexWarnings(Set<String> indexes, String file) {
        return indexes.stream()
                .sorted()
                .map(name -> "left out the column \"" + name + "\" of " + file
                        + ": it is named as the row numbers are that R and pandas write; data.keep=[\"" + name
                        + "\"] keeps it")
                .toList();
    }

    private TableColumns columns(
            String target, List<String> features, List<String> header, List<String> warnings, String file) {
        Map<String, Integer> places = new HashMap<>();
        Set<String> twice = new HashSet<>();
        for (int i = 0; i < header.size(); i++) {
            if (places.put(header.get(i), i) != null) {
                twice.add(header.get(i));
            }
        }
        List<String> names = new ArrayList<>(features);
        names.add(0, target);
        requireUsable(names, twice, file);
        boolean[] text = new boolean[names.size()];
        Set<String> categories = Set.copyOf(categorical);
        IntStream.range(1, text.length).forEach(slot -> text[slot] = categories.contains(names.get(slot)));
        int[] positions =
                names.stream().mapToInt(name -> places.getOrDefault(name, -1)).toArray();
        if (!only.isEmpty()) {
            positions[0] = -1;
        }
        return new TableColumns(target, features, positions, text, warnings);
    }

    private static void requireUsable(List<String> names, Set<String> twice, String file) {
        for (String name : names) {
            if (twice.contains(name)) {
                throw new UserError(file + ": two columns are called \"" + name
                        + "\"; names must differ, or data.ignore leave out all of that name");
            }
            if (name.codePoints().anyMatch(Character::isISOControl)) {
                throw new UserError(file + ": the name of a column holds a control character: \"" + name
                        + "\"; names must be of what can be printed");
            }
        }
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
        require(header.contains(label), label, header, file, "data.label");
        return label;
    }

    private static void requireColumns(List<String> names, List<String> header, String file, String key) {
        if (!names.isEmpty()) {
            Set<String> known = new HashSet<>(header);
            names.forEach(name -> require(known.contains(name), name, header, file, key));
        }
    }

    private static void require(boolean there, String name, List<String> header, String file, String key) {
        if (!there) {
            Optional<String> near = header.stream()
                    .filter(other -> other.equalsIgnoreCase(name))
                    .findFirst();
            throw new UserError(key + ": no column \"" + name + "\" in " + file
                    + near.map(other -> ", but one called \"" + other + "\"").orElse("") + "; columns: "
                    + listed(header));
        }
    }

    static String listed(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + ", … (" + names.size() + ")";
    }
}
