package org.winnow.ml;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.winnow.data.DataOptions;
import org.winnow.data.Task;
import org.winnow.train.NetworkOptions;
import scala.Function1;

/** Params of a {@link StochasticGateSelector} and of its model. */
public interface StochasticGateSelectorParams extends GateParams, TrainingParams {
    @Override
    default Param<String> labelCol() {
        return new Param<>(this, "labelCol", "Column of the labels, numbers");
    }

    /** Param for the column of what is kept. */
    default Param<String> outputCol() {
        return new Param<>(this, "outputCol", "Column of the features that are kept, vectors");
    }

    default String getOutputCol() {
        return getOrDefault(outputCol());
    }

    /** Param for what becomes of a price that no feature is worth. */
    default Param<String> onEmpty() {
        return Settings.choice(
                this,
                "onEmpty",
                "A price that leaves no gate open: best keeps the feature whose gate ranks first, and warns, so that a"
                        + " search over prices goes on; error ends the fit",
                Settings.names(OnEmpty.class));
    }

    default String getOnEmpty() {
        return getOrDefault(onEmpty());
    }

    /** Param for what is learned from the label. */
    default Param<String> task() {
        return Settings.choice(this, "task", DataOptions.class, Task.class);
    }

    default String getTask() {
        return getOrDefault(task());
    }

    /** Param for the units of the hidden layers. */
    default IntArrayParam hidden() {
        Function1<int[], Object> valid = (Function1<int[], Object> & Serializable)
                units -> Arrays.stream(units).allMatch(unit -> unit >= 1);
        return new IntArrayParam(this, "hidden", Settings.doc(NetworkOptions.class, "hidden"), valid);
    }

    default int[] getHidden() {
        return getOrDefault(hidden());
    }

    /** Sets the defaults. */
    default void setSelectorDefaults() {
        setTrainingDefaults();
        setGateDefaults();
        Settings.setDefault(this, outputCol(), uid() + "__output");
        Settings.setDefault(this, onEmpty(), "best");
        Settings.setDefaults(this, DataOptions.class, task());
        Settings.setDefaults(this, NetworkOptions.class, hidden());
    }

    /** The network that the params describe. */
    default NetworkOptions networkOptions() {
        return new NetworkOptions(IntStream.of(getHidden()).boxed().toList(), activationOption());
    }
}
