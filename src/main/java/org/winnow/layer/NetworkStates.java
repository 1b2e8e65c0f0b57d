package org.winnow.layer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.model.NetworkState;

/** Between networks and their plain data. */
public final class NetworkStates {
    private NetworkStates() {}

    /** The network of a state, ready to run. */
    public static MultiLayerNetwork restore(NetworkState state) {
        MultiLayerNetwork network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(state.configuration()));
        float[] parameters = state.parameters();
        network.init(Nd4j.create(parameters, new long[] {1, parameters.length}, 'c'), false);
        return network;
    }

    /** What a network is and has learned. */
    public static NetworkState of(MultiLayerNetwork network) {
        return new NetworkState(
                network.getLayerWiseConfigurations().toJson(), network.params().toFloatVector());
    }

    /** Writes DL4J's own zip of configuration and parameters, without the updater's state. */
    public static void write(NetworkState state, OutputStream out) throws IOException {
        ModelSerializer.writeModel(restore(state), out, false);
    }

    /** Reads what {@link #write} wrote. */
    public static NetworkState read(InputStream in) throws IOException {
        return of(ModelSerializer.restoreMultiLayerNetwork(in, false));
    }
}
