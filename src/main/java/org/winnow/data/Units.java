package org.winnow.data;

import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers that are written with their unit. */
final class Units {
    private static final int FEWEST_VALUES = 5;
    private static final Pattern WITH_UNIT =
            Pattern.compile("[+-]?\\d+([.,]\\d+)?\\s*([^\\s\\d.,:/+-][^\\s\\d.,:+-]{0,5})");

    private Units() {}

    /** The unit that all of these have, if they are numbers and have the same one. */
    static Optional<String> of(SortedSet<String> texts) {
        List<Matcher> numbers = texts.stream().map(WITH_UNIT::matcher).toList();
        boolean all = texts.size() >= FEWEST_VALUES && numbers.stream().allMatch(Matcher::matches);
        return all && numbers.stream().map(number -> number.group(2)).distinct().count() == 1
                ? Optional.of(numbers.get(0).group(2))
                : Optional.empty();
    }
}
