package org.winnow.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.check.UserError;

/**
 * An encoder made from the training rows.
 *
 * @param encoder of the columns that vary
 * @param kept where in rows of target and features those columns are
 * @param dropped names of the columns that do not vary
 * @param empty those of them that hold no value at all
 */
record EncoderFit(Encoder encoder, int[] kept, List<String> dropped, List<String> empty) {
    private static final int MOST_NAMES = 20;

    /** Quartiles of the normal distribution are so many deviations apart. */
    private static final double DEVIATIONS_BETWEEN_QUARTILES = 1.3489795003921634;

    private static final double ROBUST_LIMIT = 10;

    /** The columns of rows of target and features whose most frequent value is wanted for missing ones. */
    static int[] columnsToCount(Schema schema, Missing missing) {
        return IntStream.range(0, schema.features().size())
                .filter(f -> missing == Missing.MOST_FREQUENT
                        || schema.features().get(f).kind() == Feature.Kind.CATEGORICAL)
                .map(f -> f + 1)
                .toArray();
    }

    /**
     * Fits.
     *
     * @param schema all columns
     * @param moments of target and features
     * @param sample some training rows, target first
     * @param mostFrequent of the columns that were counted
     * @param standardise how numbers become inputs
     * @throws UserError if no column varies, or the label does not
     */
    static EncoderFit of(
            Schema schema,
            Moments moments,
            List<double[]> sample,
            Map<Integer, Double> mostFrequent,
            Standardising standardise) {
        if (moments.isConstant(0)) {
            throw new UserError("data.label: \"" + schema.label()
                    + "\" is constant in the training rows; there is nothing to learn");
        }
        Scaling shared = switch (standardise) {
            case RANGE -> range(moments, numbers(schema));
            case GLOBAL -> global(moments, numbers(schema));
            case COLUMNS, ROBUST, NONE -> Scaling.NONE;
        };
        List<Feature> features = new ArrayList<>();
        List<Scaling> scalings = new ArrayList<>();
        List<String> constant = new ArrayList<>();
        List<String> empty = new ArrayList<>();
        for (int f = 0; f < schema.features().size(); f++) {
            Feature feature = schema.features().get(f);
            int column = f + 1;
            if (standardise.dropsConstants() && moments.isConstant(column)) {
                constant.add(feature.name());
                if (moments.isEmpty(column)) {
                    empty.add(feature.name());
                }
            } else {
                features.add(feature);
                double fill = mostFrequent.getOrDefault(column, moments.mean(column));
                boolean number = feature.kind() == Feature.Kind.NUMERIC;
                scalings.add(
                        switch (number ? standardise : Standardising.NONE) {
                            case COLUMNS -> scaling(moments, column, fill, feature.name());
                            case ROBUST -> robust(scaling(moments, column, fill, feature.name()), sample, column);
                            case RANGE, GLOBAL -> new Scaling(shared.mean(), shared.scale(), fill);
                            case NONE -> new Scaling(0, 1, fill);
                        });
            }
        }
        if (features.isEmpty()) {
            throw new UserError("every feature is constant in the training rows"
                    + (empty.isEmpty() ? "" : ", or has no value there") + ": " + listed(constant));
        }
        Scaling target = schema.task() == Task.REGRESSION ? scaling(moments, 0, 0, schema.label()) : Scaling.NONE;
        int[] kept = IntStream.range(1, schema.features().size() + 1)
                .filter(column -> !standardise.dropsConstants() || !moments.isConstant(column))
                .toArray();
        return new EncoderFit(new Encoder(schema.withFeatures(features), scalings, target), kept, constant, empty);
    }

    /** Columns of numbers. */
    private static int[] numbers(Schema schema) {
        return IntStream.range(0, schema.features().size())
                .filter(f -> schema.features().get(f).kind() == Feature.Kind.NUMERIC)
                .map(f -> f + 1)
                .toArray();
    }

    /** From the least number of any column to the largest. */
    private static Scaling range(Moments moments, int[] columns) {
        double least = IntStream.of(columns).mapToDouble(moments::least).min().orElse(Double.POSITIVE_INFINITY);
        double most = IntStream.of(columns).mapToDouble(moments::most).max().orElse(Double.NEGATIVE_INFINITY);
        if (!(most > least) || !Double.isFinite(most - least)) {
            throw new UserError("data.standardise=range needs numbers that differ and are not too large, got " + least
                    + " to " + most);
        }
        return new Scaling(least, most - least, 0);
    }

    /** By the mean and the deviation of the numbers of all columns. */
    private static Scaling global(Moments moments, int[] columns) {
        Moments together = moments.together(columns);
        if (together.isConstant(0) || !Double.isFinite(together.deviation(0))) {
            throw new UserError(
                    "data.standardise=global needs numbers that differ and are not too large, got a mean of "
                            + together.mean(0) + " and a deviation of " + together.deviation(0));
        }
        return new Scaling(together.mean(0), together.deviation(0), 0);
    }

    private static Scaling scaling(Moments moments, int column, double fill, String name) {
        double mean = moments.mean(column);
        double deviation = moments.deviation(column);
        if (!Double.isFinite(mean) || !Double.isFinite(deviation)) {
            throw new UserError("column \"" + name + "\": its values are too large to be standardised");
        }
        return new Scaling(mean, deviation, fill);
    }

    /** By median and quartiles of the sample; by the deviation where the quartiles are the same. */
    private static Scaling robust(Scaling plain, List<double[]> sample, int column) {
        double[] sorted = Sorted.column(sample, column);
        if (sorted.length == 0) {
            return new Scaling(plain.mean(), plain.scale(), plain.fill(), ROBUST_LIMIT);
        }
        double median = Sorted.quantile(sorted, 0.5);
        double scale = (Sorted.quantile(sorted, 0.75) - Sorted.quantile(sorted, 0.25)) / DEVIATIONS_BETWEEN_QUARTILES;
        boolean same = !(scale > 0 && Double.isFinite(scale));
        return new Scaling(median, same ? plain.scale() : scale, plain.fill(), ROBUST_LIMIT);
    }

    /** Sentences about the columns dropped, if there are any. */
    List<String> warnings() {
        List<String> constant =
                dropped.stream().filter(name -> !empty.contains(name)).toList();
        return Stream.of(
                        warning(constant, "constant in the training rows"),
                        warning(empty, "without any value in the training rows"))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<String> warning(List<String> names, String why) {
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of("dropped " + names.size() + " of the columns, " + why + ": " + listed(names));
    }

    private static String listed(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + ", … (" + names.size() + ")";
    }
}
