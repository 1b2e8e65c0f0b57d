package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.UserError;

/** The chains of trainings that a space and the options of a sweep make, in an order that depends on nothing else. */
record Plan(List<Chain> chains) {
    /** Trainings that share all but what is decided after them, with those decisions. */
    private static Map<Map<String, ConfigValue>, List<Map<String, ConfigValue>>> trainings(
            List<Map<String, ConfigValue>> points, List<String> decisionKeys) {
        Map<Map<String, ConfigValue>, List<Map<String, ConfigValue>>> trainings = new LinkedHashMap<>();
        for (Map<String, ConfigValue> point : points) {
            Map<String, ConfigValue> training = new LinkedHashMap<>(point);
            Map<String, ConfigValue> decision = new LinkedHashMap<>(point);
            training.keySet().removeIf(key -> decisionKeys.stream().anyMatch(key::startsWith));
            decision.keySet().removeIf(training::containsKey);
            trainings.computeIfAbsent(training, key -> new ArrayList<>()).add(decision);
        }
        return trainings;
    }

    static Plan of(SweepOptions options, Work<?> work) {
        Space space = Space.of(options.space());
        Map<Map<String, ConfigValue>, List<Map<String, ConfigValue>>> trainings =
                trainings(space.points(options), work.decisionKeys());
        Optional<Target> target = Target.of(options.target());
        if (!options.warmStart() && target.isEmpty()) {
            List<Chain> single = new ArrayList<>();
            trainings.forEach(
                    (point, decisions) -> single.add(new PathChain(List.of(point), List.of(decisions), false)));
            return new Plan(single);
        }
        if (!space.keys().contains(work.pathKey())) {
            throw new UserError("sweep.space must have " + work.pathKey() + " for sweep.warm_start and sweep.target;"
                    + " it has " + String.join(", ", space.keys()));
        }
        Map<Map<String, ConfigValue>, List<Map<String, ConfigValue>>> paths = new LinkedHashMap<>();
        trainings.keySet().forEach(point -> {
            Map<String, ConfigValue> others = new LinkedHashMap<>(point);
            others.remove(work.pathKey());
            paths.computeIfAbsent(others, key -> new ArrayList<>()).add(point);
        });
        List<Chain> chains = new ArrayList<>();
        paths.forEach((others, points) -> {
            List<Map<String, ConfigValue>> rising = points.stream()
                    .sorted((a, b) -> Double.compare(price(a, work), price(b, work)))
                    .toList();
            chains.add(target.<Chain>map(wanted -> new BisectionChain(
                            wanted,
                            work.pathKey(),
                            price(rising.get(0), work),
                            price(rising.get(rising.size() - 1), work),
                            others,
                            trainings.getOrDefault(rising.get(0), List.of()),
                            options.targetSteps(),
                            options.warmStart()))
                    .orElseGet(() -> new PathChain(
                            rising,
                            rising.stream()
                                    .map(point -> trainings.getOrDefault(point, List.of()))
                                    .toList(),
                            true)));
        });
        return new Plan(chains);
    }

    private static double price(Map<String, ConfigValue> point, Work<?> work) {
        ConfigValue value = point.get(work.pathKey());
        try {
            return Double.parseDouble(String.valueOf(value == null ? "" : value.unwrapped()));
        } catch (NumberFormatException e) {
            throw new UserError("sweep.space." + work.pathKey() + " must be numbers, got " + value, e);
        }
    }

    /** Every point that is known before anything has run, with its first decision. */
    List<Map<String, ConfigValue>> points() {
        List<Map<String, ConfigValue>> all = new ArrayList<>();
        for (Chain chain : chains) {
            if (chain instanceof PathChain path) {
                for (int i = 0; i < path.points().size(); i++) {
                    for (Map<String, ConfigValue> decision : path.decisions().get(i)) {
                        all.add(joined(path.points().get(i), decision));
                    }
                }
            } else {
                chain.next(List.of())
                        .ifPresent(link ->
                                link.decisions().forEach(decision -> all.add(joined(link.point(), decision))));
            }
        }
        return all;
    }

    /** Trials at most. */
    long trials() {
        return chains.stream()
                .mapToLong(chain -> (long) chain.length()
                        * chain.next(List.of())
                                .map(link -> link.decisions().size())
                                .orElse(0))
                .sum();
    }

    static Map<String, ConfigValue> joined(Map<String, ConfigValue> a, Map<String, ConfigValue> b) {
        Map<String, ConfigValue> both = new LinkedHashMap<>(a);
        both.putAll(b);
        return both;
    }
}
