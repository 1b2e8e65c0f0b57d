package org.winnow.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.data.read.Numbers;

/**
 * What a sample of the training rows shows of columns that may mislead: identifiers, copies of the label, groups whose
 * rows are on both sides of the split, and values that stand for missing ones.
 */
final class Suspicions {
    private static final int FEWEST_ROWS = 50;
    private static final int MOST_WARNINGS_OF_A_KIND = 5;

    /** So many categories of the label alone are groups of rows, fewer are an answer. */
    private static final int FEWEST_GROUPS = 10;

    /** An identifier's label changes so seldom, compared to chance. */
    private static final double SHARE_OF_CHANGES = 0.1;

    /** A value that several rows have is far away at so many times the range of all others, a single one at more. */
    private static final double FAR = 3;

    private static final double FAR_ALONE = 100;
    private static final int SEVERAL = 3;

    /** Of a column that mixes 474 and 20.841, so much at least is of either kind. */
    private static final double SHARE_OF_EITHER = 0.1;

    private static final double THOUSAND = 1000;
    private static final Pattern NAMES_OF_IDENTIFIERS = Pattern.compile(
            "(^|.*[ _.-])(id|uuid|guid|nr|no|number|key)|.*[a-z]I[Dd]", Pattern.UNICODE_CHARACTER_CLASS);

    private static final int FEWEST_OTHER_VALUES = 5;

    private final Schema schema;
    private final Moments moments;
    private final List<double[]> sample;
    private final Map<Kind, List<String>> found = new TreeMap<>();

    private enum Kind {
        IDENTIFIER,
        COPY,
        GROUP,
        FAR,
        THOUSANDS
    }

    private Suspicions(Schema schema, Moments moments, List<double[]> sample) {
        this.schema = schema;
        this.moments = moments;
        this.sample = sample;
    }

    /**
     * Sentences about columns to look at.
     *
     * @param schema all columns
     * @param moments of target and features over the training rows
     * @param sample some training rows: target, then features
     */
    static List<String> of(Schema schema, Moments moments, List<double[]> sample) {
        Suspicions suspicions = new Suspicions(schema, moments, sample);
        if (sample.size() >= FEWEST_ROWS) {
            if (schema.task() == Task.REGRESSION) {
                suspicions.lookForThousands("the label \"" + schema.label() + "\"", Sorted.column(sample, 0));
            }
            for (int f = 0; f < schema.features().size(); f++) {
                suspicions.look(schema.features().get(f), f + 1);
            }
        }
        return suspicions.found.values().stream()
                .flatMap(sentences -> Stream.concat(
                        sentences.stream().limit(MOST_WARNINGS_OF_A_KIND),
                        Stream.of("the same of " + (sentences.size() - MOST_WARNINGS_OF_A_KIND) + " more columns")
                                .filter(more -> sentences.size() > MOST_WARNINGS_OF_A_KIND)))
                .toList();
    }

    private void look(Feature feature, int column) {
        double[] sorted = Sorted.column(sample, column);
        if (sorted.length < FEWEST_ROWS || sorted[0] == sorted[sorted.length - 1]) {
            return;
        }
        int distinct = (int) Arrays.stream(sorted).distinct().count();
        boolean classes = schema.task() == Task.CLASSIFICATION;
        if (classes && distinct == sorted.length && isWhole(sorted) && ordersLabel(column)) {
            add(
                    Kind.IDENTIFIER,
                    column(feature) + " differs in every row and puts them in the order of the label, as identifiers do"
                            + " that were given by it; " + leaveOut(feature));
        } else if (distinct == sorted.length && feature.kind() == Feature.Kind.CATEGORICAL) {
            add(
                    Kind.IDENTIFIER,
                    column(feature)
                            + " holds another category in every row, of which nothing is learned for other rows; "
                            + leaveOut(feature));
        } else if (distinct == sorted.length && isWhole(sorted) && isNamedAsIdentifier(feature)) {
            add(
                    Kind.IDENTIFIER,
                    column(feature) + " differs in every row and is named as identifiers are; " + leaveOut(feature));
        } else if (classes && isWhole(sorted) && 2 * distinct <= sorted.length && tellsLabel(column)) {
            if (distinct < FEWEST_GROUPS) {
                add(
                        Kind.COPY,
                        column(feature) + " alone tells the label in every row that was looked at; if it was made from"
                                + " the label, " + leaveOut(feature));
            } else {
                add(
                        Kind.GROUP,
                        "all rows of one \"" + feature.name() + "\" have the same label, and rows of one are both"
                                + " learned from and held out: the held-out score says nothing of a new one; "
                                + leaveOut(feature));
            }
        }
        if (feature.kind() == Feature.Kind.NUMERIC) {
            far(sorted, moments.least(column), moments.most(column))
                    .ifPresent(what -> add(Kind.FAR, column(feature) + " has " + what));
            lookForThousands(column(feature), sorted);
        }
    }

    /** Points that mark thousands are read as decimal points; numbers below 1,000 have none. */
    private void lookForThousands(String column, double... values) {
        double[] parted =
                Arrays.stream(values).filter(value -> value != Math.rint(value)).toArray();
        boolean three =
                Arrays.stream(values).allMatch(value -> Math.abs(value) < THOUSAND && isWhole(value * THOUSAND));
        double shortened = Arrays.stream(parted)
                .filter(value -> isWhole(value * THOUSAND / 10))
                .count();
        double least = SHARE_OF_EITHER * values.length;
        // Every tenth number of thousands ends in a zero.
        if (three
                && parted.length >= least
                && values.length - parted.length >= least
                && shortened <= 0.2 * parted.length) {
            add(
                    Kind.THOUSANDS,
                    column + " has whole numbers beside numbers of three decimals, as " + Numbers.name(parted[0])
                            + ": if a point marks thousands there, take such marks out of the file");
        }
    }

    private static boolean isWhole(double value) {
        return Math.abs(value - Math.rint(value)) < 1e-6;
    }

    private static boolean isNamedAsIdentifier(Feature feature) {
        return NAMES_OF_IDENTIFIERS.matcher(feature.name()).matches()
                || NAMES_OF_IDENTIFIERS
                        .matcher(feature.name().toLowerCase(Locale.ROOT))
                        .matches();
    }

    private void add(Kind kind, String sentence) {
        found.computeIfAbsent(kind, some -> new ArrayList<>()).add(sentence);
    }

    private static String column(Feature feature) {
        return "the column \"" + feature.name() + "\"";
    }

    private static String leaveOut(Feature feature) {
        return "data.ignore=[\"" + feature.name() + "\"] leaves it out";
    }

    private static boolean isWhole(double[] values) {
        return Arrays.stream(values).allMatch(value -> value == Math.rint(value));
    }

    /** Whether the label seldom changes from row to row when they are in the order of a column. */
    private boolean ordersLabel(int column) {
        double[] labels = sample.stream()
                .filter(row -> !Double.isNaN(row[column]))
                .sorted(Comparator.comparingDouble(row -> row[column]))
                .mapToDouble(row -> row[0])
                .toArray();
        long changes = IntStream.range(1, labels.length)
                .filter(i -> labels[i] != labels[i - 1])
                .count();
        double chance = Arrays.stream(labels)
                .boxed()
                .collect(Collectors.groupingBy(label -> label, Collectors.counting()))
                .values()
                .stream()
                .mapToDouble(rows -> rows * (1 - (double) rows / labels.length))
                .sum();
        return changes <= SHARE_OF_CHANGES * chance;
    }

    /** Whether rows with the same value always have the same label, and not all rows do. */
    private boolean tellsLabel(int column) {
        Map<Double, Double> labels = new TreeMap<>();
        for (double[] row : sample) {
            Double known = labels.putIfAbsent(row[column], row[0]);
            if (known != null && known != row[0]) {
                return false;
            }
        }
        return labels.values().stream().distinct().count() > 1;
    }

    /** A value far from all others, in words. */
    private Optional<String> far(double[] sorted, double least, double most) {
        double[] down = Arrays.stream(sorted).map(value -> -value).sorted().toArray();
        Optional<String> above = farAbove(sorted, most, 1);
        return above.isPresent() ? above : farAbove(down, -least, -1);
    }

    /**
     * @param sorted values of the sample, of that sign
     * @param most the largest of all rows
     */
    private Optional<String> farAbove(double[] sorted, double most, int sign) {
        double last = sorted[sorted.length - 1];
        boolean inSample = last == most;
        int others = sorted.length;
        while (inSample && others > 0 && sorted[others - 1] == last) {
            others--;
        }
        if (Arrays.stream(sorted, 0, others)
                        .distinct()
                        .limit(FEWEST_OTHER_VALUES)
                        .count()
                < FEWEST_OTHER_VALUES) {
            return Optional.empty();
        }
        double range = sorted[others - 1] - sorted[0];
        int times = sorted.length - others;
        if (!(most - sorted[others - 1] > (times >= SEVERAL ? FAR : FAR_ALONE) * range)) {
            return Optional.empty();
        }
        double from = Math.min(sign * sorted[0], sign * sorted[others - 1]);
        double to = Math.max(sign * sorted[0], sign * sorted[others - 1]);
        String value = Numbers.name(sign * most);
        return Optional.of(String.format(
                Locale.ROOT,
                "%s in %s, and nothing else outside of %.4g .. %.4g: if it stands for a missing value,"
                        + " data.missing_values=[\"%s\"] with data.missing=mean fills it; data.standardise=robust lets far"
                        + " values count for less",
                value,
                times == 0
                        ? "less than 1 of " + sorted.length + " rows"
                        : String.format(Locale.ROOT, "%.1f%% of the rows", 100.0 * times / sorted.length),
                from,
                to,
                value));
    }
}
