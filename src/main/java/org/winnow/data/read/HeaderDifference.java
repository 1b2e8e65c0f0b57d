package org.winnow.data.read;

import java.util.List;

/** How the columns of one file differ from those of the first. */
final class HeaderDifference {
    private HeaderDifference() {}

    /** In words, after "its header is not that of FILE"; nothing where only the order differs. */
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
