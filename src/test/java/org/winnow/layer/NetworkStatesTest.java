package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.file.BitFlips;
import org.winnow.file.Damaged;
import org.winnow.model.NetworkState;

/** A network's file is data: nothing in it makes objects of classes that it names. */
class NetworkStatesTest {
    private static boolean made;

    /** Stands for a class whose making does harm. */
    static final class Harmful implements Serializable {
        private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
            in.defaultReadObject();
            made = true;
        }
    }

    private static NetworkState network() {
        MultiLayerNetwork network = new MultiLayerNetwork(new NeuralNetConfiguration.Builder()
                .list(new OutputLayer.Builder().nIn(3).nOut(2).build())
                .build());
        network.init();
        return NetworkStates.of(network);
    }

    private static byte[] serialised(Object object) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        }
        return bytes.toByteArray();
    }

    @Test
    void aSerialisedPreprocessorIsNotMade() throws IOException {
        NetworkState network = network();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        NetworkStates.write(network, plain);
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(plain.toByteArray()));
                ZipOutputStream to = new ZipOutputStream(forged)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
            to.putNextEntry(new ZipEntry("preprocessor.bin"));
            to.write(serialised(new Harmful()));
        }
        NetworkState read = NetworkStates.read(new ByteArrayInputStream(forged.toByteArray()));
        assertFalse(made);
        assertArrayEquals(network.parameters(), read.parameters());
    }

    /** The zip of a network with other parameters. */
    private static ByteArrayInputStream withCoefficients(byte[] coefficients) throws IOException {
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        NetworkStates.write(network(), plain);
        ByteArrayOutputStream forged = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(plain.toByteArray()));
                ZipOutputStream to = new ZipOutputStream(forged)) {
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                if (entry.getName().equals("coefficients.bin")) {
                    to.write(coefficients);
                } else {
                    from.transferTo(to);
                }
            }
        }
        return new ByteArrayInputStream(forged.toByteArray());
    }

    private static byte[] coefficients(long described, long declared, String type, int present) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF("LONG_SHAPE");
            out.writeLong(described);
            out.writeUTF("LONG");
            for (long number : new long[] {2, 1, 8, 8, 1, 8192, 1, 99}) {
                out.writeLong(number);
            }
            out.writeUTF("MIXED_DATA_TYPES");
            out.writeLong(declared);
            out.writeUTF(type);
            out.write(new byte[present]);
        }
        return bytes.toByteArray();
    }

    @Test
    void roomIsMadeForWhatIsThereAlone() throws IOException {
        assertEquals(
                8,
                NetworkStates.read(withCoefficients(coefficients(8, 8, "FLOAT", 32)))
                        .parameters()
                        .length);
        assertSays(
                "declare 500000000000 numbers of type FLOAT, and 32", coefficients(8, 500_000_000_000L, "FLOAT", 32));
        assertSays("declare -1 numbers", coefficients(8, -1, "FLOAT", 32));
        assertSays("of type UTF8", coefficients(8, 8, "UTF8", 32));
        assertSays("declare 1000000 numbers of type LONG", coefficients(1_000_000, 8, "FLOAT", 32));
        assertSays("4 bytes after its parameters", coefficients(8, 8, "FLOAT", 36));
        assertSays("of type NUMBERS", coefficients(8, 8, "NUMBERS", 32));
    }

    @Test
    void moreThanTheConfigurationCanNeedIsNotInflated() {
        byte[] large = new byte[1 << 20];
        assertSays("coefficients.bin takes 1048576 bytes, more than the ", large);
    }

    @Test
    void bitsFlippedInTheZipAreNoticed(@TempDir Path dir) throws IOException {
        Path file = dir.resolve("network.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            NetworkStates.write(network(), out);
        }
        BitFlips.in(file, () -> {
            try (InputStream in = Files.newInputStream(file)) {
                NetworkState read = NetworkStates.read(in);
                return List.of(read.configuration(), Arrays.toString(read.parameters()));
            } catch (IOException e) {
                throw new Damaged(String.valueOf(e.getMessage()), e);
            }
        });
    }

    @Test
    void whatIsNotNeededIsNotInflated() throws IOException {
        NetworkState network = network();
        ByteArrayOutputStream plain = new ByteArrayOutputStream();
        NetworkStates.write(network, plain);
        ByteArrayOutputStream more = new ByteArrayOutputStream();
        try (ZipInputStream from = new ZipInputStream(new ByteArrayInputStream(plain.toByteArray()));
                ZipOutputStream to = new ZipOutputStream(more)) {
            to.putNextEntry(new ZipEntry("updaterState.bin"));
            to.write(new byte[100_000]);
            for (ZipEntry entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                to.putNextEntry(new ZipEntry(entry.getName()));
                from.transferTo(to);
            }
        }
        byte[] broken = more.toByteArray();
        // A first byte like this begins a block of a kind that deflate does not have.
        broken[30 + "updaterState.bin".length()] = (byte) 0xff;
        assertThrows(IOException.class, () -> {
            try (ZipInputStream all = new ZipInputStream(new ByteArrayInputStream(broken))) {
                all.getNextEntry();
                all.readAllBytes();
            }
        });
        assertArrayEquals(
                network.parameters(),
                NetworkStates.read(new ByteArrayInputStream(broken)).parameters());
    }

    private static void assertSays(String what, byte[] coefficients) {
        IOException error = assertThrows(IOException.class, () -> NetworkStates.read(withCoefficients(coefficients)));
        assertTrue(String.valueOf(error.getMessage()).contains(what), error.getMessage());
    }
}
