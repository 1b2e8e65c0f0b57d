package org.winnow.job;

import org.winnow.data.DataOptions;
import org.winnow.model.Setting;
import org.winnow.select.GateOptions;
import org.winnow.select.SelectOptions;
import org.winnow.sweep.SweepOptions;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

/** Everything that {@code jobs/sweep.sh} can be told. */
record SweepConfig(
        DataOptions data,
        GateOptions gates,
        NetworkOptions network,
        TrainOptions train,
        SelectOptions select,
        SweepOptions sweep,
        Place output) {

    /** Where a sweep leaves its results: the section {@code output}. */
    record Place(
            @Setting(
                    value =
                            "Folder of the ledger and the tables, on any file system that Hadoop knows; a sweep that is there"
                                    + " goes on. Empty: out/sweep-JOB",
                    byDefault = "\"\"")
            String dir) {}

    /** The select job of a trial that no axis changes. */
    SelectConfig selectJob() {
        return new SelectConfig(data, gates, network, train, select, new OutputOptions(output.dir(), false));
    }
}
