package org.winnow.data.read;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Rows that can be read as often as needed, always the same and each with its place.
 *
 * @param label the name of the label; empty where none is read
 * @param features the names of slots 1, 2, …; empty where the rows themselves say how many there are (libsvm)
 * @param weighted whether the slot after them is the row's weight
 * @param classes all that the label can be, where that is known; else empty
 * @param parts the path of each part
 * @param rows all rows
 * @param ordered whether those come in the order of parts, and of rows within them
 * @param relevant which features matter, where that is known, from 0
 * @param warnings what the reader wants to be known
 */
public record Source(
        String label,
        List<String> features,
        boolean weighted,
        List<String> classes,
        List<String> parts,
        JavaRDD<RawRow> rows,
        boolean ordered,
        List<Integer> relevant,
        List<String> warnings) {

    static Source of(
            JavaSparkContext spark, String label, List<String> features, List<Part> parts, RowReader.Opener opener) {
        JavaRDD<RawRow> rows = spark.parallelize(parts, parts.size()).flatMap(part -> new RowIterator(part, opener));
        return of(label, features, parts.stream().map(Part::path).toList(), rows, true);
    }

    static Source of(String label, List<String> features, List<String> paths, JavaRDD<RawRow> rows, boolean ordered) {
        return new Source(label, features, false, List.of(), paths, rows, ordered, List.of(), List.of());
    }

    Source withRelevant(List<Integer> known) {
        return new Source(label, features, weighted, classes, parts, rows, ordered, known, warnings);
    }

    Source withWarnings(List<String> said) {
        return new Source(label, features, weighted, classes, parts, rows, ordered, relevant, said);
    }

    /** The same with other rows, as many. */
    public Source withRows(JavaRDD<RawRow> others) {
        return new Source(label, features, weighted, classes, parts, others, ordered, relevant, warnings);
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

    /** The slot of the feature of this name; -1 where there is none. */
    public int slot(String feature) {
        if (features.isEmpty()) {
            return feature.matches("f\\d{1,7}") ? 1 + Integer.parseInt(feature.substring(1)) : -1;
        }
        int index = features.indexOf(feature);
        return index < 0 ? -1 : index + 1;
    }
}
