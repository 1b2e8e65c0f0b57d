package org.winnow.job;

import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;
import org.winnow.model.SavedNetwork;
import org.winnow.prune.NetworkPruning;
import org.winnow.select.FeatureSelection;
import org.winnow.sweep.Configured;
import org.winnow.sweep.PruneWork;
import org.winnow.sweep.SelectWork;
import org.winnow.sweep.SweepOptions;
import org.winnow.sweep.Work;

/**
 * A job as it is swept.
 *
 * @param name of the job
 * @param base its configuration, which axes change
 * @param configured what a changed configuration says
 */
record Swept<R extends Record, C extends Serializable>(
        String name, SweepOptions options, R base, Work<C> work, Function<R, Configured<C>> configured) {
    /** Keys that say where things are: one sweep has one of each. */
    private static final List<String> OF_THE_SWEEP =
            List.of("data.path", "output.", "train.checkpoint.", "train.resume", "train.rounds");

    static Swept<SelectConfig, FeatureSelection.Options> select(SweepConfig config) {
        return new Swept<>(
                "select",
                config.sweep(),
                config.selectJob(),
                new SelectWork(),
                job -> new Configured<>(job.selection(), job.data(), job.train(), SettingsReader.flatten(job)));
    }

    static Swept<PruneConfig, NetworkPruning.Options> prune(SweepPruneConfig config, Configuration hadoop) {
        Map<String, Optional<SavedNetwork>> given = new ConcurrentHashMap<>();
        return new Swept<>("prune", config.sweep(), config.pruneJob(), new PruneWork(), job -> {
            @Nullable SavedNetwork network = given.computeIfAbsent(job.network().path(), path -> PruneJob.given(path, hadoop))
                    .orElse(null);
            return new Configured<>(job.pruning(network), job.data(), job.train(), job.params(network));
        });
    }

    /** What the job is told at a point of the space. */
    Configured<C> at(Map<String, ConfigValue> point) {
        point.keySet().stream()
                .filter(key -> OF_THE_SWEEP.stream().anyMatch(key::startsWith))
                .findFirst()
                .ifPresent(key -> {
                    throw new UserError("sweep.space." + key + ": a sweep has one " + key + "; it is no axis");
                });
        try {
            return configured.apply(SettingsReader.vary(base, point));
        } catch (UserError e) {
            throw new UserError("sweep.space: " + e.getMessage(), e);
        }
    }
}
