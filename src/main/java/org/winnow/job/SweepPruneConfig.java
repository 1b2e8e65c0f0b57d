package org.winnow.job;

import org.winnow.data.DataOptions;
import org.winnow.prune.PruneOptions;
import org.winnow.prune.StageOptions;
import org.winnow.sweep.SweepOptions;
import org.winnow.train.ArchitectureOptions;
import org.winnow.train.TrainOptions;

/** Everything that {@code jobs/sweep.sh} can be told where it sweeps the prune job. */
record SweepPruneConfig(
        DataOptions data,
        ArchitectureOptions network,
        StageOptions dense,
        TrainOptions train,
        PruneOptions prune,
        StageOptions finetune,
        SweepOptions sweep,
        SweepOutput output) {
    SweepPruneConfig {
        PruneConfig.requireOneTemperature(train);
    }

    /** The prune job of a trial that no axis changes. */
    PruneConfig pruneJob() {
        return new PruneConfig(data, network, dense, train, prune, finetune, new PruneOutput(output.dir(), false, 1));
    }
}
