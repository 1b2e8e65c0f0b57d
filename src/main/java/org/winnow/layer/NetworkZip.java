package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.model.Normaliser;

/**
 * A zip of DL4J's {@code ModelSerializer}: JSON and plain arrays are read; from an entry for a preprocessor DL4J would
 * deserialise any Java object there is. Entries that are not asked for are not inflated, and those that are only after
 * their size was found to be one that the configuration can have.
 */
public final class NetworkZip implements Closeable {
    private static final String NORMALISER = "normalizer.bin";
    private static final String JAVA_OBJECT = "preprocessor.bin";

    /** In bytes: some ten thousand layers. */
    private static final long LONGEST_CONFIGURATION = 16_000_000;

    /** What describes an array, or a normaliser. */
    private static final long DESCRIPTION = 1 << 16;

    /** A normaliser has two numbers for each input and each output, which parameters are no fewer than. */
    private static final long NUMBERS_OF_NORMALISER = 4;

    private final ZipFile zip;

    private NetworkZip(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Opens a zip, which is kept in a temporary file until it is closed: its directory is at its end.
     *
     * @throws IOException if it is no zip
     */
    public static NetworkZip open(InputStream in) throws IOException {
        Path file = Files.createTempFile("winnow-network-", ".zip");
        try {
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return new NetworkZip(new ZipFile(file.toFile(), ZipFile.OPEN_READ | ZipFile.OPEN_DELETE));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** How many parameters a network has that is not made yet. */
    public static long parameterCount(MultiLayerConfiguration configuration) {
        long count = 0;
        for (NeuralNetConfiguration layer : configuration.getConfs()) {
            count = Math.addExact(count, layer.getLayer().initializer().numParams(layer));
        }
        return count;
    }

    /** The configuration as JSON. */
    public String configuration() throws IOException {
        return new String(entry(ModelSerializer.CONFIGURATION_JSON, LONGEST_CONFIGURATION), StandardCharsets.UTF_8);
    }

    /**
     * All parameters, of the type that they were written in.
     *
     * @param count of the configuration
     * @throws IOException if they take more room than so many numbers do
     */
    public INDArray parameters(long count) throws IOException {
        byte[] array = entry(ModelSerializer.COEFFICIENTS_BIN, DESCRIPTION + Math.multiplyExact(count, Double.BYTES));
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(array));
        INDArray parameters = PlainArrays.read(in);
        if (in.available() > 0) {
            throw new IOException("there are " + in.available() + " bytes after its parameters");
        }
        return parameters;
    }

    /**
     * What rows go through before the network sees them.
     *
     * @param count of the network's parameters
     */
    public Optional<Normaliser> normaliser(long count) throws IOException {
        long most = DESCRIPTION + Math.multiplyExact(count, NUMBERS_OF_NORMALISER * Double.BYTES);
        return zip.getEntry(NORMALISER) == null
                ? Optional.empty()
                : Optional.of(Normalisers.read(entry(NORMALISER, most)));
    }

    /** Whether there is a preprocessor that was written as a Java object, and is never read. */
    public boolean hasJavaObject() {
        return zip.getEntry(JAVA_OBJECT) != null;
    }

    private byte[] entry(String name, long most) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new IOException("it has no " + name);
        }
        long allowed = Math.min(most, Integer.MAX_VALUE - Long.BYTES);
        if (entry.getSize() > allowed) {
            throw new IOException(name + " takes " + entry.getSize() + " bytes, more than the " + allowed
                    + " that this network can need");
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes((int) entry.getSize());
            if (content.length < entry.getSize() || in.read() >= 0) {
                throw new IOException(name + " has not the " + entry.getSize() + " bytes that it claims");
            }
            CRC32 sum = new CRC32();
            sum.update(content);
            if (sum.getValue() != entry.getCrc()) {
                throw new IOException(name + " is not as it was written: its checksum differs");
            }
            return content;
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
