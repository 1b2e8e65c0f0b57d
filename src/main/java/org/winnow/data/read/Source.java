package org.winnow.data.read;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows that can be read as often as needed, always the same and each with its place.
 *
 * @param label the name of the label; empty where none is read
 * @param features the names of slots 1, 2, …; empty where the rows themselves say how many there are (libsvm)
 * @param places whether features are places in vectors, which cannot be named in a configuration
 * @param weighted whether the slot after them is the row's weight
 * @param classes all that the label can be, where that is known; else empty
 * @param parts the path of each part
 * @param rows all rows, in the order of parts, and of rows within them
 * @param relevant which features matter, where that is known, from 0
 * @param warnings what may be wrong with the data
 * @param notes what the reader took from the files themselves
 * @param found what tasks came upon, a sentence each; complete once all rows were read
 */
public record Source(
        String label,
        List<String> features,
        boolean places,
        boolean weighted,
        List<String> classes,
        List<String> parts,
        JavaRDD<RawRow> rows,
        List<Integer> relevant,
        List<String> warnings,
        List<String> notes,
        Supplier<List<String>> found) {
    /** What the features of rows without names are called. */
    private static final Pattern NUMBERED = Pattern.compile("f\\d{1,7}");

    static Source of(
            JavaSparkContext spark, String label, List<String> features, List<Part> parts, RowReader.Opener opener) {
        JavaRDD<RawRow> rows = spark.parallelize(parts, parts.size()).flatMap(part -> new RowIterator(part, opener));
        List<String> paths = parts.stream().map(Part::path).toList();
        return new Source(
                label, features, false, false, List.of(), paths, rows, List.of(), List.of(), List.of(), List::of);
    }

    Source withRelevant(List<Integer> known) {
        return new Source(label, features, places, weighted, classes, parts, rows, known, warnings, notes, found);
    }

    Source withWarnings(List<String> said) {
        return new Source(label, features, places, weighted, classes, parts, rows, relevant, said, notes, found);
    }

    Source withNotes(List<String> said) {
        return new Source(label, features, places, weighted, classes, parts, rows, relevant, warnings, said, found);
    }

    Source withFound(Supplier<List<String>> said) {
        return new Source(label, features, places, weighted, classes, parts, rows, relevant, warnings, notes, said);
    }

    /** The same with other rows, as many. */
    public Source withRows(JavaRDD<RawRow> others) {
        return new Source(label, features, places, weighted, classes, parts, others, relevant, warnings, notes, found);
    }

    /** The names of the features in rows of at most so many slots. */
    public List<String> features(int slots) {
        return features.isEmpty()
                ? IntStream.range(0, slots - 1).mapToObj(i -> "f" + i).toList()
                : features;
    }

    /** The name of the first file. */
    public String file() {
        return Part.name(parts.get(0));
    }

    /** Finds the slot of the feature of a name; -1 where there is none. */
    public ToIntFunction<String> slots() {
        if (features.isEmpty()) {
            return name -> NUMBERED.matcher(name).matches() ? 1 + Integer.parseInt(name.substring(1)) : -1;
        }
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; i < features.size(); i++) {
            slots.putIfAbsent(features.get(i), i + 1);
        }
        return name -> slots.getOrDefault(name, -1);
    }
}
