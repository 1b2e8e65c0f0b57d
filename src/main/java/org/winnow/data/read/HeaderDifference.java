package org.winnow.data.read;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** How the columns of one file differ from those of the first. */
final class HeaderDifference {
    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|', ' ');

    private HeaderDifference() {}

    /** In words, after "its header is not that of FILE". */
    static String of(List<String> own, List<String> first, CsvFormat format) {
        Optional<Character> other = SEPARATORS.stream()
                .filter(separator -> own.size() == 1
                        && first.size() > 1
                        && own.get(0).chars().filter(c -> c == separator).count() == first.size() - 1)
                .findFirst();
        if (other.isPresent()) {
            return ": " + format.with(other.get(), false).separatorInWords() + " is between its cells, and "
                    + format.separatorInWords() + " between those of the other; write all files alike";
        }
        return own.size() == first.size() && new HashSet<>(own).equals(new HashSet<>(first))
                ? ": the same columns are in another order, " + ColumnRules.listed(own) + " and not "
                        + ColumnRules.listed(first) + "; write all files alike"
                : of(own, first);
    }

    /** The same where the order does not matter. */
    static String of(List<String> own, List<String> first) {
        List<String> more = without(own, first);
        List<String> less = without(first, own);
        StringBuilder words = new StringBuilder();
        if (!more.isEmpty()) {
            words.append("; it has ").append(ColumnRules.listed(more)).append(" besides");
        }
        if (!less.isEmpty()) {
            words.append(more.isEmpty() ? "; it lacks " : ", and lacks ").append(ColumnRules.listed(less));
        }
        return words.toString();
    }

    private static List<String> without(List<String> some, List<String> others) {
        return some.stream().filter(name -> !others.contains(name)).toList();
    }
}
