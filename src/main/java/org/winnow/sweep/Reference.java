package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * The dense network that trials are compared with: a file of the ledger.
 *
 * @param version of this form
 * @param score of it; no rows where none were held out
 * @param networks that trials begin with, if they do
 */
public record Reference(int version, Score score, List<Network> networks) implements Serializable {
    /** A network, its parameters as floats in big endian. */
    public record Network(String configuration, byte[] parameters) implements Serializable {
        static Network of(NetworkState state) {
            return new Network(state.configuration(), state.parameterBytes());
        }

        NetworkState state() {
            return new NetworkState(configuration, NetworkState.floats(parameters));
        }
    }

    static Reference of(Score score, List<Network> networks) {
        return new Reference(TrainingResult.VERSION, score, networks);
    }
}
