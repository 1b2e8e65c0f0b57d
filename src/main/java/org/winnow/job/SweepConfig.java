package org.winnow.job;

import org.winnow.data.DataOptions;
import org.winnow.select.GateOptions;
import org.winnow.select.SelectOptions;
import org.winnow.sweep.SweepOptions;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

/** Everything that {@code jobs/sweep.sh} can be told where it sweeps the select job. */
record SweepConfig(
        DataOptions data,
        GateOptions gates,
        NetworkOptions network,
        TrainOptions train,
        SelectOptions select,
        SweepOptions sweep,
        SweepOutput output) {

    /** The select job of a trial that no axis changes. */
    SelectConfig selectJob() {
        return new SelectConfig(data, gates, network, train, select, new OutputOptions(output.dir(), false));
    }
}
