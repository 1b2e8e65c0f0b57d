package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
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
}
