package org.winnow.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Classes that too few rows have for anything to be learned of them, or said of what was.
 *
 * @param schema with the classes
 * @param train rows of each class to learn from
 * @param test rows of each class that are held out
 */
record RareClasses(Schema schema, long[] train, long[] test) {
    private static final int FEW = 5;
    private static final int MOST_NAMES = 10;

    /** A sentence for each kind of trouble. */
    List<String> warnings() {
        List<String> warnings = new ArrayList<>();
        boolean judged = Arrays.stream(test).sum() > 0;
        add(
                warnings,
                c -> train[c] == 0,
                "no row to learn from is of %s: no such row is predicted right; merge rare classes, or take their rows"
                        + " out");
        add(
                warnings,
                c -> train[c] > 0 && rows(c) < FEW,
                "few rows are of %s: what is learned of such a class hangs on these; check how its label is spelled,"
                        + " merge rare classes, or take their rows out");
        add(
                warnings,
                c -> judged && train[c] > 0 && test[c] == 0 && rows(c) >= FEW,
                "no row that is held out is of %s: the held-out score says nothing of such a class; raise"
                        + " data.test_fraction or give another seed");
        return warnings;
    }

    private void add(List<String> warnings, IntPredicate which, String sentence) {
        int[] found = IntStream.range(0, schema.classes().size()).filter(which).toArray();
        if (found.length > 0) {
            String named = Arrays.stream(found)
                    .limit(MOST_NAMES)
                    .mapToObj(c -> "\"" + schema.classes().get(c) + "\" (" + train[c] + " to learn from, " + test[c]
                            + " held out)")
                    .collect(Collectors.joining(", "));
            String more = found.length > MOST_NAMES ? ", … (" + found.length + " classes)" : "";
            warnings.add("the label \"" + schema.label() + "\": " + sentence.replace("%s", named + more));
        }
    }

    private long rows(int c) {
        return train[c] + test[c];
    }
}
