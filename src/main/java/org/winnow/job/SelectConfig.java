package org.winnow.job;

import org.winnow.data.DataOptions;
import org.winnow.select.FeatureSelection;
import org.winnow.select.GateOptions;
import org.winnow.select.SelectOptions;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

/** Everything that {@code jobs/select.sh} can be told. */
record SelectConfig(
        DataOptions data,
        GateOptions gates,
        NetworkOptions network,
        TrainOptions train,
        SelectOptions select,
        OutputOptions output) {

    FeatureSelection.Options selection() {
        return new FeatureSelection.Options(gates, network, train, select);
    }
}
