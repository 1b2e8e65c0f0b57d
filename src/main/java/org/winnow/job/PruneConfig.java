package org.winnow.job;

import static org.winnow.check.Check.that;

import org.winnow.data.DataOptions;
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
        OutputOptions output) {
    PruneConfig {
        that(
                train.temperatureSchedule().isEmpty(),
                "train.temperature_schedule",
                "empty, as prune.temperature_factor is there for it",
                train.temperatureSchedule());
    }

    NetworkPruning.Options pruning() {
        return new NetworkPruning.Options(network, dense, train, prune, finetune);
    }
}
