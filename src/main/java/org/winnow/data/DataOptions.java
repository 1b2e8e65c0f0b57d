package org.winnow.data;

import java.util.List;
import org.winnow.check.Check;
import org.winnow.data.read.ColumnRules;
import org.winnow.data.read.Dialect;
import org.winnow.data.read.Format;
import org.winnow.model.Inline;
import org.winnow.model.Setting;

/** Where the rows are and what their columns mean. */
public record DataOptions(
        @Setting(
                "File, folder or glob on any file system that Hadoop knows (for idx: the images), "
                        + "or synthetic:NAME?rows=…&noise=…&seed=… with NAME two-moons, xor-k, sin-cos3, friedman1, madelon, uniform-xor, ring, ring-xor or ring-xor-sum")
        String path,

        @Setting(
                value = "Format of the rows: auto (told from the name), csv, libsvm, parquet, idx or synthetic",
                byDefault = "auto")
        Format format,

        @Setting(
                value = "Name or 0-based position of the label column; empty: the column called label or target",
                byDefault = "\"\"")
        String label,

        @Setting(
                value =
                        "What is learned: auto (text or at most 20 whole numbers are classes), classification or regression",
                byDefault = "auto")
        Task task,

        @Setting(value = "Share of rows held out to judge the result", byDefault = "0.2")
        double testFraction,

        @Setting(
                value =
                        "Files of data.path whose rows are held out, by a pattern of their names as t10k*; then no others"
                                + " are. Empty: rows drawn at random",
                byDefault = "\"\"")
        String testFiles,

        @Setting(
                value = "Rows to learn from, drawn at random from those that are not held out; 0: all",
                byDefault = "0",
                unit = "rows")
        long trainRows,

        @Setting(
                value = "How numbers become inputs: columns (each by its mean and deviation; those that do not vary are"
                        + " left out), robust (the same by median and quartiles, cut ten deviations from the median),"
                        + " range (the least of all becomes 0, the largest 1; all stay, as images want it), global (all"
                        + " by one mean and deviation; all stay) or none",
                byDefault = "columns")
        Standardising standardise,

        @Setting(
                value = "Missing values: error, mean (of training rows; categories: the most frequent) "
                        + "or most_frequent",
                byDefault = "error")
        Missing missing,

        @Setting(value = "Columns whose numbers are categories; columns of text always are", byDefault = "[]")
        List<String> categorical,

        @Setting(value = "Columns to leave out", byDefault = "[]")
        List<String> ignore,

        @Setting(
                value = "Columns to keep that look like row numbers, by their name or by counting the rows",
                byDefault = "[]")
        List<String> keep,

        @Setting(value = "Cells that stand for a missing value", byDefault = "[\"\", \"NA\", \"?\"]")
        List<String> missingValues,

        @Setting(value = "Most categories that one column may have", byDefault = "100")
        int maxCategories,

        @Inline Dialect dialect) {

    public DataOptions {
        Check.that(!path.isBlank(), "path", "a file, directory, glob or synthetic:NAME", "\"" + path + "\"");
        Check.that(testFraction >= 0 && testFraction < 1, "test_fraction", "in [0, 1)", testFraction);
        Check.that(trainRows >= 0, "train_rows", "at least 0", trainRows);
        Check.atLeast(2, maxCategories, "max_categories");
        categorical = List.copyOf(categorical);
        ignore = List.copyOf(ignore);
        keep = List.copyOf(keep);
        missingValues = List.copyOf(missingValues);
    }

    /** With no column kept that looks like row numbers, and text files as most are. */
    public DataOptions(
            String path,
            Format format,
            String label,
            Task task,
            double testFraction,
            String testFiles,
            long trainRows,
            Standardising standardise,
            Missing missing,
            List<String> categorical,
            List<String> ignore,
            List<String> missingValues,
            int maxCategories) {
        this(
                path,
                format,
                label,
                task,
                testFraction,
                testFiles,
                trainRows,
                standardise,
                missing,
                categorical,
                ignore,
                List.of(),
                missingValues,
                maxCategories,
                Dialect.PLAIN);
    }

    /** The defaults for a path. */
    public static DataOptions of(String path) {
        return new DataOptions(
                path,
                Format.AUTO,
                "",
                Task.AUTO,
                0.2,
                "",
                0,
                Standardising.COLUMNS,
                Missing.ERROR,
                List.of(),
                List.of(),
                List.of("", "NA", "?"),
                100);
    }

    /** The same read in another way. */
    public DataOptions with(
            Format otherFormat, Missing otherMissing, List<String> otherMissingValues, Dialect otherDialect) {
        return new DataOptions(
                path,
                otherFormat,
                label,
                task,
                testFraction,
                testFiles,
                trainRows,
                standardise,
                otherMissing,
                categorical,
                ignore,
                keep,
                otherMissingValues,
                maxCategories,
                otherDialect);
    }

    /** The same with another label. */
    public DataOptions withLabel(String name) {
        return new DataOptions(
                path,
                format,
                name,
                task,
                testFraction,
                testFiles,
                trainRows,
                standardise,
                missing,
                categorical,
                ignore,
                keep,
                missingValues,
                maxCategories,
                dialect);
    }

    /** How a reader treats columns when there is a label to learn from. */
    ColumnRules trainingRules() {
        return new ColumnRules(label, List.of(), categorical, ignore, keep, missingValues, missing != Missing.ERROR);
    }

    /** How a reader treats columns when a model says which it needs. */
    ColumnRules predictionRules(Schema schema) {
        List<String> names = schema.features().stream().map(Feature::name).toList();
        List<String> text = schema.features().stream()
                .filter(feature -> feature.kind() == Feature.Kind.CATEGORICAL)
                .map(Feature::name)
                .toList();
        return new ColumnRules("", names, text, List.of(), List.of(), missingValues, missing != Missing.ERROR);
    }
}
