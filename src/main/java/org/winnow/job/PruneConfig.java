package org.winnow.job;

import static org.winnow.check.Check.that;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.winnow.data.DataOptions;
import org.winnow.model.SavedNetwork;
import org.winnow.prune.NetworkPruning;
import org.winnow.prune.PruneOptions;
import org.winnow.prune.StageOptions;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.TrainOptions;

/** Everything that {@code jobs/prune.sh} can be told. */
record PruneConfig(
        DataOptions data,
        ArchitectureOptions network,
        StageOptions dense,
        TrainOptions train,
        PruneOptions prune,
        StageOptions finetune,
        PruneOutput output) {
    PruneConfig {
        requireOneTemperature(train);
    }

    /** @throws IllegalArgumentException if there is a schedule of temperatures, which a factor is there for */
    static void requireOneTemperature(TrainOptions train) {
        that(
                train.temperatureSchedule().isEmpty(),
                "train.temperature_schedule",
                "empty, as prune.temperature_factor is there for it",
                train.temperatureSchedule());
    }

    /** @param given the network to begin with; null: the one that is described */
    NetworkPruning.Options pruning(@Nullable SavedNetwork given) {
        return new NetworkPruning.Options(network, given, dense, train, prune, finetune);
    }

    /** Every key with its value, and a name for the content of a network that is given. */
    Map<String, String> params(@Nullable SavedNetwork given) {
        Map<String, String> params = SettingsReader.flatten(this);
        if (given != null) {
            params.put("network.content", given.fingerprint());
        }
        return params;
    }
}
