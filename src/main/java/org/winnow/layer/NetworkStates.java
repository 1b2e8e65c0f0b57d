package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.buffer.DataType;
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

    /** Width of a row that the network takes. */
    public static int inputs(NetworkState state) {
        MultiLayerNetwork network = restore(state);
        return network.getLayerWiseConfigurations().getInputPreProcess(0) instanceof FeedForwardToCnnPreProcessor image
                ? Math.toIntExact(image.getNumChannels() * image.getInputHeight() * image.getInputWidth())
                : network.layerInputSize(0);
    }

    /**
     * Writes DL4J's own zip of configuration and parameters, without the updater's state; entries carry no time, so the
     * same network is the same bytes.
     */
    public static void write(NetworkState state, OutputStream out) throws IOException {
        ByteArrayOutputStream timed = new ByteArrayOutputStream();
        ModelSerializer.writeModel(restore(state), timed, false);
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(timed.toByteArray()));
                ZipOutputStream to = new ZipOutputStream(out)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                ZipEntry timeless = new ZipEntry(entry.getName());
                timeless.setTimeLocal(LocalDateTime.of(2000, 1, 1, 0, 0));
                to.putNextEntry(timeless);
                from.transferTo(to);
            }
        }
    }

    /** Reads what {@link #write} wrote. */
    public static NetworkState read(InputStream in) throws IOException {
        try (NetworkZip zip = NetworkZip.open(in)) {
            String configuration = zip.configuration();
            long count = NetworkZip.parameterCount(MultiLayerConfiguration.fromJson(configuration));
            float[] parameters = zip.parameters(count).castTo(DataType.FLOAT).toFloatVector();
            return of(restore(new NetworkState(configuration, parameters)));
        }
    }
}
