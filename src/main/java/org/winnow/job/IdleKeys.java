package org.winnow.job;

import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.winnow.check.UserError;

/**
 * Keys that have no effect because of what other keys say. Who gives one all the same expects something that will not
 * happen. A command line may make keys of a file idle, as it wins over the file.
 */
final class IdleKeys {
    private static final String SPACE = "sweep.space";
    private static final List<Rule> RULES = rules();

    /**
     * A key that is idle at some values of others.
     *
     * @param deciding the others, the one that a message names first
     * @param at their values, in this order
     */
    private record Rule(String key, List<String> deciding, Predicate<List<String>> at) {
        boolean holds(Map<String, String> values) {
            return values.keySet().containsAll(deciding)
                    && at.test(deciding.stream().map(values::get).toList());
        }
    }

    private IdleKeys() {}

    private static List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        add(rules, "network.path", path -> !path.isEmpty(), "network.layers", "network.image", "network.activation");
        add(rules, "data.test_files", files -> !files.isEmpty(), "data.test_fraction");
        add(rules, "select.top_k", gates -> !gates.equals("0"), "select.threshold");
        add(rules, "select.fdr", IdleKeys::isAboveZero, "select.threshold");
        add(rules, "select.finetune_epochs", "0"::equals, "select.finetune_learning_rate");
        add(rules, "gates.distribution", "binary_concrete"::equals, "gates.std");
        add(
                rules,
                "gates.distribution",
                "gaussian"::equals,
                "gates.temperature",
                "gates.lower_bound",
                "gates.upper_bound");
        add(
                rules,
                "select.by",
                "ranking"::equals,
                "gates.distribution",
                "gates.reg_weight",
                "gates.reg_reduction",
                "gates.std",
                "gates.temperature",
                "gates.lower_bound",
                "gates.upper_bound",
                "select.threshold",
                "select.finetune_epochs",
                "select.finetune_learning_rate");
        add(rules, "select.by", "gates"::equals, "select.path");
        for (String stage : List.of("dense", "finetune")) {
            add(rules, stage + ".epochs", "0"::equals, stage + ".learning_rate", stage + ".learning_rate_schedule");
        }
        ofMethods(
                rules,
                Set.of("magnitude"),
                "prune.reg_weight",
                "prune.layer_reg_weights",
                "train.epochs",
                "train.learning_rate",
                "train.learning_rate_schedule",
                "train.penalty_schedule");
        ofMethods(rules, Set.of("magnitude", "lasso"), "prune.initial");
        ofMethods(rules, Set.of("magnitude", "lasso", "vd", "ard"), "prune.temperature_factor");
        ofMethods(rules, Set.of("vd", "ard", "l0", "lasso"), "prune.unit");
        add(rules, "prune.steps", "1"::equals, "prune.pace");
        add(rules, "prune.ablate", "none"::equals, "prune.ablate_repeats");
        for (String key : List.of("prune.search_by", "prune.search_tries")) {
            rules.add(new Rule(
                    key,
                    List.of("prune.target_sparsity", "prune.target_metric_drop"),
                    targets -> !isAboveZero(targets.get(0)) && targets.get(1).startsWith("-")));
        }
        add(rules, "train.outer", "none"::equals, "train.outer_learning_rate", "train.outer_momentum");
        add(
                rules,
                "train.checkpoint.dir",
                String::isEmpty,
                "train.checkpoint.every_rounds",
                "train.checkpoint.every_minutes",
                "train.checkpoint.keep");
        add(rules, "sweep.sampler", "grid"::equals, "sweep.samples", "sweep.seed");
        add(rules, "sweep.warm_start", "false"::equals, "sweep.warm_start_epochs");
        add(rules, "sweep.stop", "none"::equals, "sweep.rungs", "sweep.reduction");
        add(rules, "sweep.target", String::isEmpty, "sweep.target_steps");
        return List.copyOf(rules);
    }

    private static void add(List<Rule> rules, String deciding, Predicate<String> at, String... idle) {
        for (String key : idle) {
            rules.add(new Rule(key, List.of(deciding), values -> at.test(values.get(0))));
        }
    }

    /** Of keys that no layer's method uses. */
    private static void ofMethods(List<Rule> rules, Set<String> methods, String... idle) {
        for (String key : idle) {
            rules.add(new Rule(
                    key,
                    List.of("prune.method", "prune.layer_methods"),
                    values -> methods.contains(values.get(0)) && values.get(1).equals("{}")));
        }
    }

    private static boolean isAboveZero(String number) {
        return Double.parseDouble(number) > 0;
    }

    /**
     * Requires that what was given has an effect.
     *
     * @param options as they were read
     * @throws UserError naming a key that has none, and the key that takes it away
     */
    static void requireNone(Record options, Arguments arguments) {
        Map<String, String> values = SettingsReader.flatten(options);
        Optional<Config> file = arguments.conf().map(SettingsReader::fromFile);
        Set<String> varied = varied(SettingsReader.given(options.getClass(), file, arguments.overrides()));
        Set<String> typed = new HashSet<>(arguments.overrides().keySet());
        for (Rule rule : RULES) {
            boolean decidedAnew = rule.deciding().stream().anyMatch(typed::contains);
            boolean given = typed.contains(rule.key())
                    || varied.contains(rule.key())
                    || (!decidedAnew
                            && file.filter(written -> written.hasPath(rule.key()))
                                    .isPresent());
            boolean decided = rule.deciding().stream().noneMatch(varied::contains);
            if (given && decided && rule.holds(values)) {
                throw new UserError(rule.key() + " has no effect with "
                        + rule.deciding().stream()
                                .map(key -> key + "=" + values.get(key))
                                .collect(Collectors.joining(" and "))
                        + "; leave it out, or change " + rule.deciding().get(0));
            }
        }
    }

    /** The keys that a sweep varies. */
    private static Set<String> varied(Config given) {
        if (!given.hasPath(SPACE)) {
            return Set.of();
        }
        return given.getConfig(SPACE).entrySet().stream()
                .flatMap(entry -> beginnings(entry.getKey()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A path, and what it begins with: an axis may be an object itself. */
    private static Stream<String> beginnings(String path) {
        return Stream.iterate(
                path, part -> !part.isEmpty(), part -> part.substring(0, Math.max(0, part.lastIndexOf('.'))));
    }
}
