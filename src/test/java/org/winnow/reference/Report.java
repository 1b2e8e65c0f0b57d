package org.winnow.reference;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.winnow.reference.Outcome.Status;

/** The outcomes of all cases of a directory. */
public final class Report {
    private final List<Outcome> outcomes;

    Report(List<Outcome> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    List<Outcome> outcomes() {
        return outcomes;
    }

    /** One line per family, with the reasons of what was skipped, and the total in the last line. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        Map<String, List<Outcome>> families =
                outcomes.stream().collect(Collectors.groupingBy(Outcome::family, TreeMap::new, Collectors.toList()));
        families.forEach((family, of) -> lines.add(family + ": " + counts(of) + reasons(of)));
        lines.add(outcomes.size() + " cases: " + counts(outcomes));
        return lines;
    }

    /** What failed, and why: empty if nothing did. */
    public List<String> failures() {
        return outcomes.stream()
                .filter(outcome -> outcome.status() == Status.FAILED)
                .map(outcome -> outcome.family() + " " + outcome.name() + ": " + outcome.detail())
                .toList();
    }

    private static String counts(List<Outcome> outcomes) {
        return count(outcomes, Status.PASSED) + " passed, "
                + count(outcomes, Status.SKIPPED) + " skipped, "
                + count(outcomes, Status.FAILED) + " failed";
    }

    private static long count(List<Outcome> outcomes, Status status) {
        return outcomes.stream().filter(outcome -> outcome.status() == status).count();
    }

    private static String reasons(List<Outcome> outcomes) {
        Map<String, List<Outcome>> byReason = outcomes.stream()
                .filter(outcome -> outcome.status() == Status.SKIPPED)
                .collect(Collectors.groupingBy(Outcome::detail, LinkedHashMap::new, Collectors.toList()));
        return byReason.entrySet().stream()
                .map(entry ->
                        entry.getKey() + (entry.getValue().size() == outcomes.size() ? "" : names(entry.getValue())))
                .collect(Collectors.joining("; ", byReason.isEmpty() ? "" : " (", byReason.isEmpty() ? "" : ")"));
    }

    private static String names(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::name).collect(Collectors.joining(", ", ": ", ""));
    }
}
