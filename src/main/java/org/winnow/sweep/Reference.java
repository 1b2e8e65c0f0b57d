package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.check.Check;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * The dense network that trials are compared with: a file of the ledger.
 *
 * @param score of it; no rows where none were held out
 * @param networks that trials begin with, if they do
 */
public record Reference(Score score, List<Network> networks) implements Serializable {
    public Reference {
        networks = List.copyOf(networks);
    }

    /** A network, its parameters as floats in big endian. */
    public record Network(String configuration, byte[] parameters) implements Serializable {
        public Network {
            Check.that(parameters.length % Float.BYTES == 0, "parameters", "floats", parameters.length + " bytes");
        }

        static Network of(NetworkState state) {
            return new Network(state.configuration(), state.parameterBytes());
        }

        NetworkState state() {
            return new NetworkState(configuration, NetworkState.floats(parameters));
        }
    }

    static Reference of(Score score, List<Network> networks) {
        return new Reference(score, networks);
    }
}
