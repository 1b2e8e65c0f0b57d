package org.winnow.job;

import com.typesafe.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.winnow.check.UserError;

/** Keys whose value follows from others that are given: who gives a price of gates wants them trained. */
final class ImpliedKeys {
    private static final String BY = "select.by";
    private static final String GATES = "gates";
    /** A ranking uses these as well. */
    private static final Set<String> OF_BOTH = Set.of("groups");

    private static final Set<String> OF_GATES =
            Set.of("select.threshold", "select.finetune_epochs", "select.finetune_learning_rate");

    private ImpliedKeys() {}

    /**
     * What was typed, and what follows from that and from the file.
     *
     * @throws UserError for an unknown key, or a sweep of rankings
     */
    static Map<String, String> with(Class<? extends Record> options, Arguments arguments) {
        boolean sweep = options == SweepConfig.class;
        if (!sweep && options != SelectConfig.class) {
            return arguments.overrides();
        }
        Optional<Config> file = arguments.conf().map(SettingsReader::fromFile);
        Config given = SettingsReader.given(options, file, arguments.overrides());
        if (given.hasPath(BY)) {
            if (sweep && !given.getAnyRef(BY).equals(GATES)) {
                throw new UserError(BY + ": a sweep trains gates, so it must be gates, got " + given.getAnyRef(BY)
                        + "; a ranking has nothing to sweep, jobs/select.sh with select.path=true shows all sizes");
            }
            return arguments.overrides();
        }
        if (!sweep && !isOfGates(given)) {
            return arguments.overrides();
        }
        Map<String, String> all = new LinkedHashMap<>(arguments.overrides());
        all.put(BY, GATES);
        return all;
    }

    private static boolean isOfGates(Config given) {
        boolean ofSection = given.hasPath(GATES)
                && given.getConfig(GATES).root().keySet().stream().anyMatch(key -> !OF_BOTH.contains(key));
        return ofSection || OF_GATES.stream().anyMatch(given::hasPath);
    }
}
