package org.winnow.data;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;
import org.winnow.check.Check;

/**
 * A column of the data that a network sees.
 *
 * @param name the column's name
 * @param kind number or category
 * @param categories its categories in order; empty for a number
 */
public record Feature(String name, Kind kind, List<String> categories) implements Serializable {
    private static final int MOST_NAMES = 20;

    /** What a column holds. */
    public enum Kind {
        /** A number: one standardised input. */
        NUMERIC,
        /** One of several categories: an input of 0 or 1 for each, all behind one gate. */
        CATEGORICAL
    }

    public Feature {
        categories = List.copyOf(categories);
        Check.that(
                categories.isEmpty() == (kind == Kind.NUMERIC),
                "categories",
                "empty for numbers and not for categories",
                categories + " for " + name);
    }

    static Feature numeric(String name) {
        return new Feature(name, Kind.NUMERIC, List.of());
    }

    static Feature categorical(String name, List<String> categories) {
        return new Feature(name, Kind.CATEGORICAL, categories);
    }

    /** Its first categories, for messages. */
    String categoriesInWords() {
        return categories.size() <= MOST_NAMES
                ? String.join(", ", categories)
                : String.join(", ", categories.subList(0, MOST_NAMES)) + ", … (" + categories.size() + ")";
    }

    /** How many inputs of the network it becomes. */
    public int width() {
        return Math.max(1, categories.size());
    }

    /** The names of those inputs: its own, or {@code name=category}. */
    public List<String> inputNames() {
        return kind == Kind.NUMERIC
                ? List.of(name)
                : Stream.of(categories)
                        .flatMap(List::stream)
                        .map(c -> name + "=" + c)
                        .toList();
    }
}
