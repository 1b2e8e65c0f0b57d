package org.winnow.data.read;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.winnow.check.UserError;

/**
 * The columns of Parquet files, with an element of a vector as a column of its own: {@code features_0},
 * {@code features_1}, …
 *
 * @param columns the fields of the first file in their order
 * @param others names of fields that only later files have, and that are left out
 * @param index names of columns that pandas says are its index
 * @param parts the row groups of the files
 */
record ParquetTable(List<Column> columns, List<String> others, Set<String> index, List<Part> parts) {
    /** More files than this are looked into by tasks. */
    private static final int FILES_FOR_THE_DRIVER = 4;

    /**
     * A field as columns.
     *
     * @param elements of a vector that is one column each; 0 for a field that is a column itself
     */
    record Column(ParquetField field, int elements) {
        Stream<String> names() {
            return elements == 0
                    ? Stream.of(field.name())
                    : IntStream.range(0, elements).mapToObj(element -> field.name() + "_" + element);
        }
    }

    /** Which fields may be asked for: all but those that are left out, or those alone that a model needs. */
    private record Wanted(Set<String> only, Set<String> ignored) {
        static Wanted of(ColumnRules rules) {
            return new Wanted(Set.copyOf(rules.only()), Set.copyOf(rules.ignore()));
        }

        boolean is(ParquetField field) {
            String name = field.name();
            return only.isEmpty()
                    ? !ignored.contains(name)
                    : only.contains(name)
                            || (field.kind() == ParquetField.Kind.NUMBERS
                                    && only.stream().anyMatch(other -> other.startsWith(name + "_")));
        }

        Map<String, ParquetField> byName(ParquetShape shape) {
            return shape.fields().stream()
                    .filter(this::is)
                    .collect(Collectors.toMap(ParquetField::name, field -> field, (one, two) -> one, HashMap::new));
        }
    }

    /**
     * Columns of numbers, booleans, text and vectors; others must be ignored, or not be asked for.
     *
     * @throws UserError if files differ in a column, or one cannot be read
     */
    static ParquetTable of(JavaSparkContext spark, DataFiles files, ColumnRules rules) {
        List<ParquetShape> shapes = shapes(spark, files.files());
        Wanted wanted = Wanted.of(rules);
        ParquetShape first = shapes.get(0);
        shapes.forEach(shape -> requireSame(first, shape, wanted));
        first.fields().stream().filter(wanted::is).forEach(field -> requireReadable(field, first.file()));
        List<Part> parts = new ArrayList<>();
        for (ParquetShape shape : shapes) {
            for (int group : shape.groups()) {
                parts.add(new Part(parts.size(), shape.path(), group, group + 1L));
            }
        }
        if (parts.isEmpty()) {
            throw new UserError("data.path: no rows in " + first.file());
        }
        List<Column> columns = first.fields().stream()
                .map(field -> new Column(
                        field,
                        wanted.is(field) && field.kind() == ParquetField.Kind.NUMBERS
                                ? elements(spark.hadoopConfiguration(), field, parts)
                                : 0))
                .toList();
        Set<String> known = first.fields().stream().map(ParquetField::name).collect(Collectors.toSet());
        List<String> others = shapes.stream()
                .flatMap(shape -> shape.fields().stream())
                .map(ParquetField::name)
                .filter(name -> !known.contains(name))
                .distinct()
                .toList();
        return new ParquetTable(columns, others, first.index(), parts);
    }

    /** The names of all columns. */
    List<String> header() {
        return Stream.concat(columns.stream().flatMap(Column::names), others.stream())
                .toList();
    }

    private static List<ParquetShape> shapes(JavaSparkContext spark, List<FileStatus> files) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        List<ParquetShape.Place> places = files.stream()
                .map(file -> new ParquetShape.Place(file.getPath().toString(), file.getLen()))
                .toList();
        List<ParquetShape.Told> told = places.size() <= FILES_FOR_THE_DRIVER
                ? places.stream().map(place -> place.look(hadoop.value())).toList()
                : spark.parallelize(places, places.size())
                        .map(place -> place.look(hadoop.value()))
                        .collect();
        return told.stream().map(ParquetShape.Told::shape).toList();
    }

    private static void requireSame(ParquetShape first, ParquetShape other, Wanted wanted) {
        Map<String, ParquetField> expected = wanted.byName(first);
        Map<String, ParquetField> got = wanted.byName(other);
        expected.forEach((name, field) -> {
            ParquetField own = got.get(name);
            if (own == null) {
                throw lacks(other.file(), first.file(), name);
            }
            if (own.kind() != field.kind()) {
                throw new UserError(other.file() + ", column \"" + name + "\": "
                        + own.kind().words() + " (" + own.type()
                        + "), but " + field.kind().words() + " (" + field.type() + ") in " + first.file()
                        + "; write both alike, or leave it out with data.ignore");
            }
        });
        got.keySet().stream()
                .filter(name -> !expected.containsKey(name))
                .findFirst()
                .ifPresent(name -> {
                    throw lacks(first.file(), other.file(), name);
                });
    }

    private static UserError lacks(String file, String other, String name) {
        return new UserError(file + " has no column \"" + name + "\", which " + other
                + " has; all files must have the same columns, but for those that data.ignore leaves out");
    }

    private static void requireReadable(ParquetField field, String file) {
        if (field.kind() == ParquetField.Kind.OTHER) {
            throw new UserError(file + ", column \"" + field.name() + "\": cannot read type " + field.type()
                    + ", only numbers, booleans, text, and vectors or lists of numbers; leave it out with data.ignore");
        }
    }

    /** How many elements the first vector of a field has. */
    private static int elements(Configuration hadoop, ParquetField field, List<Part> parts) {
        for (Part part : parts) {
            try (ParquetRows rows = new ParquetRows(part, List.of(field), hadoop)) {
                while (rows.next()) {
                    double[] vector = rows.numbers(0);
                    if (vector != null) {
                        return vector.length;
                    }
                }
            } catch (IOException e) {
                throw DataFiles.unreadable(new Path(part.path()), e);
            }
        }
        throw new UserError(Part.name(parts.get(0).path()) + ", column \"" + field.name()
                + "\": every vector is missing; leave it out with data.ignore");
    }
}
