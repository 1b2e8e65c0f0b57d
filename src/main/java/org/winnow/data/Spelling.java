package org.winnow.data;

import java.text.Normalizer;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Names that people take for one, though they are several: they differ in case, in blanks or in how letters are encoded. */
final class Spelling {
    private static final int MOST_NAMES = 10;

    private Spelling() {}

    /** The name that is spelled like this one. */
    static Optional<String> alike(String name, Collection<String> names) {
        String form = form(name);
        return names.stream().filter(other -> form(other).equals(form)).findFirst();
    }

    /**
     * A sentence about names that are spelled alike, if there are any.
     *
     * @param column whose names they are, in words
     * @param names as classes
     */
    static Optional<String> warning(String column, String names, Collection<String> all) {
        List<String> alike = all.stream()
                .collect(Collectors.groupingBy(Spelling::form, TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .filter(group -> group.size() > 1)
                .map(group -> group.stream().map(name -> "\"" + name + "\"").collect(Collectors.joining(" and ")))
                .toList();
        return alike.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        column + " has " + names + " that differ in case or blanks only, and are learned as different"
                                + " ones: " + alike.stream().limit(MOST_NAMES).collect(Collectors.joining("; "))
                                + (alike.size() > MOST_NAMES ? "; …" : "") + "; spell them alike in the file");
    }

    private static String form(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", "");
    }
}
