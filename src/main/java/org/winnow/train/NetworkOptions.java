package org.winnow.train;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.Setting;

/** The network between the input features and the output: what every job's {@code network} section says. */
public record NetworkOptions(
        @Setting(value = "Units of the hidden layers, from the input on; empty: a linear model", byDefault = "[64, 32]")
        List<Integer> hidden,

        @Setting(value = "Activation of the hidden layers", byDefault = "relu")
        Activation activation)
        implements Serializable {

    /** Activations of hidden layers. */
    public enum Activation {
        RELU,
        TANH,
        SIGMOID,
        ELU,
        GELU
    }

    public NetworkOptions {
        hidden = List.copyOf(hidden);
        that(hidden.stream().allMatch(units -> units >= 1), "hidden", "a list of whole numbers of at least 1", hidden);
    }
}
