package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.model.NetworkState;

/** Between networks and their plain data. */
public final class NetworkStates {
    /** What is read of a zip, and at most how many bytes of it: parameters are 200 million doubles at most. */
    private static final Map<String, Integer> READ = Map.of(
            ModelSerializer.CONFIGURATION_JSON, 64_000_000,
            ModelSerializer.COEFFICIENTS_BIN, 1_700_000_000);

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

    /**
     * Reads what {@link #write} wrote, or another zip of DL4J's. It never sees more than the configuration and the
     * parameters: from an entry for a preprocessor DL4J would deserialise any Java object there is.
     */
    public static NetworkState read(InputStream in) throws IOException {
        ByteArrayOutputStream needed = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(in);
                ZipOutputStream to = new ZipOutputStream(needed)) {
            to.setLevel(Deflater.NO_COMPRESSION);
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                if (READ.containsKey(entry.getName())) {
                    to.putNextEntry(new ZipEntry(entry.getName()));
                    to.write(content(entry.getName(), from));
                }
            }
        }
        return of(ModelSerializer.restoreMultiLayerNetwork(new ByteArrayInputStream(needed.toByteArray()), false));
    }

    /** An entry's bytes; of parameters only such as have the length that they declare. */
    private static byte[] content(String name, InputStream from) throws IOException {
        int most = READ.getOrDefault(name, 0);
        byte[] content = from.readNBytes(most + 1);
        if (content.length > most) {
            throw new IOException(name + " takes more than " + most + " bytes");
        }
        if (name.equals(ModelSerializer.COEFFICIENTS_BIN)) {
            Coefficients.requireWhole(content);
        }
        return content;
    }
}
