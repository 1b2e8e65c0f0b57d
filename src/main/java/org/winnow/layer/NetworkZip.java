package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.model.Normaliser;

/**
 * A zip of DL4J's {@code ModelSerializer}: JSON and plain arrays are read; from an entry for a preprocessor DL4J would
 * deserialise any Java object there is.
 */
public final class NetworkZip {
    private static final String NORMALISER = "normalizer.bin";
    private static final String JAVA_OBJECT = "preprocessor.bin";

    /** What is read of a zip, and at most how many bytes of it: parameters are 200 million doubles at most. */
    private static final Map<String, Integer> READ = Map.of(
            ModelSerializer.CONFIGURATION_JSON,
            64_000_000,
            ModelSerializer.COEFFICIENTS_BIN,
            1_700_000_000,
            NORMALISER,
            64_000_000);

    private final Map<String, byte[]> entries;
    private final boolean hasJavaObject;

    private NetworkZip(Map<String, byte[]> entries, boolean hasJavaObject) {
        this.entries = entries;
        this.hasJavaObject = hasJavaObject;
    }

    /**
     * Reads the entries.
     *
     * @throws IOException if it is no zip, or an entry takes more room than it may
     */
    public static NetworkZip read(InputStream in) throws IOException {
        Map<String, byte[]> entries = new HashMap<>();
        boolean hasJavaObject = false;
        try (ZipInputStream from = new ZipInputStream(in)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                String name = entry.getName();
                hasJavaObject |= name.equals(JAVA_OBJECT);
                if (READ.containsKey(name)) {
                    entries.put(name, content(name, from));
                }
            }
        }
        return new NetworkZip(entries, hasJavaObject);
    }

    private static byte[] content(String name, InputStream from) throws IOException {
        int most = READ.getOrDefault(name, 0);
        byte[] content = from.readNBytes(most + 1);
        if (content.length > most) {
            throw new IOException(name + " takes more than " + most + " bytes");
        }
        return content;
    }

    /** The configuration as JSON. */
    public String configuration() throws IOException {
        return new String(entry(ModelSerializer.CONFIGURATION_JSON), StandardCharsets.UTF_8);
    }

    /** All parameters, of the type that they were written in. */
    public INDArray parameters() throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(entry(ModelSerializer.COEFFICIENTS_BIN)));
        INDArray parameters = PlainArrays.read(in);
        if (in.available() > 0) {
            throw new IOException("there are " + in.available() + " bytes after its parameters");
        }
        return parameters;
    }

    /** What rows go through before the network sees them. */
    public Optional<Normaliser> normaliser() throws IOException {
        return entries.containsKey(NORMALISER) ? Optional.of(Normalisers.read(entry(NORMALISER))) : Optional.empty();
    }

    /** Whether there is a preprocessor that was written as a Java object, and is never read. */
    public boolean hasJavaObject() {
        return hasJavaObject;
    }

    private byte[] entry(String name) throws IOException {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new IOException("it has no " + name);
        }
        return content;
    }
}
