package org.winnow.data;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;
import org.winnow.check.UserError;
import org.winnow.data.read.Readers;
import org.winnow.data.read.RowFault;
import org.winnow.data.read.Source;

/**
 * Reads data for training and for prediction. What comes out depends on the data, the options and the seed: not on
 * cores, executors, or how Spark cuts files. Messages count rows from 1 in each file, without the header and blank lines.
 */
public final class DataLoader {
    private DataLoader() {}

    /**
     * Reads, checks, splits, standardises and shards rows: one pass to check and count, one to shuffle.
     *
     * @param shards how many shards; 0 chooses by the number of rows
     * @param seed of the split
     * @throws UserError if the data cannot be learned from; nothing is left behind then
     */
    public static LoadedData load(SparkSession spark, DataOptions options, int shards, long seed) {
        return load(
                Readers.open(spark, options.path(), options.format(), options.trainingRules(), options.dialect()),
                options,
                shards,
                seed);
    }

    /**
     * The same with rows that are at hand as a source.
     *
     * @throws UserError if the data cannot be learned from; nothing is left behind then
     */
    public static LoadedData load(Source source, DataOptions options, int shards, long seed) {
        Profile profile = profile(source, options);
        SchemaInference.Inferred inferred = SchemaInference.infer(source, profile, options);
        Schema columns = inferred.schema();
        Split split = Split.of(profile.rows(), HeldOut.of(source, options), options.trainRows(), shards, seed);
        requireRowOfEachClass(columns, split);

        int[] slots = slots(source, columns);
        PlacedRows rows = PlacedRows.of(source.rows(), columns, slots, split);
        Summary summary = rows.summary(columns.classes().size());
        Map<Integer, Double> mostFrequent = rows.mostFrequent(EncoderFit.columnsToCount(columns, options.missing()));
        EncoderFit fit =
                EncoderFit.of(columns, summary.training(), summary.sample(), mostFrequent, options.standardise());
        requireBlocksFit(fit.encoder().schema().inputs(), split);

        RowWeights weights = RowWeights.of(source.weighted(), columns.features().size(), summary.training());
        JavaRDD<Shard> encoded =
                rows.shards(fit.encoder(), fit.kept(), weights).persist(StorageLevel.MEMORY_AND_DISK());
        return new LoadedData(
                fit.encoder().schema(),
                fit.encoder(),
                encoded,
                split.shards(),
                split.trainRows(),
                split.testRows(),
                joined(List.of(inferred.leftOut(), fit.dropped())),
                joined(List.of(
                        source.warnings(),
                        inferred.warnings(),
                        summary.trivial().rareClasses(columns).warnings(),
                        fit.warnings(),
                        Suspicions.of(columns, summary.training(), summary.sample()))),
                joined(List.of(
                        List.of(inferred.task()), source.notes(), source.found().get())),
                summary.trivial().metric(),
                Fingerprint.of(columns, split, summary.content()),
                relevant(source, profile, fit.encoder().schema()));
    }

    /**
     * Rows to predict for.
     *
     * @param rows in the order of the files
     * @param notes what was taken from the files themselves, a sentence each
     * @param warnings what the user should know, a sentence each
     */
    public record Unlabelled(JavaRDD<EncodedRow> rows, List<String> notes, List<String> warnings) {}

    /**
     * Reads rows to predict for, with their columns matched by name; a label is not needed.
     *
     * @throws UserError if a column is missing or a cell cannot be used
     */
    public static Unlabelled loadForPrediction(SparkSession spark, DataOptions options, Encoder encoder) {
        Schema schema = encoder.schema();
        Source source = Readers.open(
                spark, options.path(), options.format(), options.predictionRules(schema), options.dialect());
        int[] slots = slots(source, schema);
        boolean unseenAllowed = options.missing() != Missing.ERROR;
        PredictionProfile profile = PredictionProfile.of(source, schema, slots, unseenAllowed);
        requireRows(source, options, profile.fault(), profile.rows());
        long[] firstRows =
                Split.firstRows(profile.rows(), new boolean[source.parts().size()]);
        JavaRDD<EncodedRow> encoded = source.rows().mapPartitions(rows -> {
            RowCoder coder = new RowCoder(schema, slots, unseenAllowed);
            return new MappedIterator<>(
                    rows,
                    row -> new EncodedRow(firstRows[row.part()] + row.row() + 1, encoder.encode(coder.features(row))));
        });
        return new Unlabelled(
                encoded,
                joined(List.of(source.notes(), source.found().get())),
                joined(List.of(source.warnings(), profile.warnings(source, schema))));
    }

    private static Profile profile(Source source, DataOptions options) {
        Profile profile = Profile.of(source, options.maxCategories());
        requireRows(source, options, profile.fault(), profile.rows());
        return profile;
    }

    private static void requireRows(
            Source source, DataOptions options, Optional<RowFault> fault, Map<Integer, Long> rows) {
        fault.ifPresent(found -> {
            throw found.toUserError(source.parts(), rows);
        });
        if (rows.isEmpty()) {
            throw new UserError("data.path: no rows in " + options.path());
        }
    }

    private static int[] slots(Source source, Schema schema) {
        ToIntFunction<String> slotOf = source.slots();
        IntStream features = schema.features().stream().mapToInt(feature -> {
            int slot = slotOf.applyAsInt(feature.name());
            if (slot < 0) {
                throw new UserError("data.path: no column \"" + feature.name() + "\" in " + source.file()
                        + ", which the model needs");
            }
            return slot;
        });
        return source.weighted()
                ? IntStream.concat(features, IntStream.of(source.features().size() + 1))
                        .toArray()
                : features.toArray();
    }

    private static void requireRowOfEachClass(Schema schema, Split split) {
        if (split.trainRows() < schema.classes().size()) {
            throw new UserError("data.label: \"" + schema.label() + "\" has "
                    + schema.classes().size() + " classes, more than the " + split.trainRows() + " training rows");
        }
    }

    private static void requireBlocksFit(int inputs, Split split) {
        long largest = Math.max(split.trainRows(), split.testRows()) / split.shards() + 1;
        if (largest * inputs > Integer.MAX_VALUE - 8) {
            long enough = Math.max(split.trainRows(), split.testRows()) * inputs / (Integer.MAX_VALUE / 2) + 1;
            throw new UserError("train.shards must be at least " + enough + " for " + split.rows() + " rows of "
                    + inputs + " inputs, got " + split.shards());
        }
    }

    private static List<String> joined(List<List<String>> some) {
        return some.stream().flatMap(List::stream).toList();
    }

    private static List<Integer> relevant(Source source, Profile profile, Schema schema) {
        if (source.relevant().isEmpty()) {
            return List.of();
        }
        List<String> names = source.features(profile.slots());
        List<String> kept = schema.features().stream().map(Feature::name).toList();
        return source.relevant().stream()
                .map(index -> kept.indexOf(names.get(index)))
                .filter(index -> index >= 0)
                .toList();
    }
}
