package org.winnow.job;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;
import org.winnow.data.Encoder;
import org.winnow.data.EncoderJson;
import org.winnow.data.read.FileSystems;
import org.winnow.file.Manifest;
import org.winnow.file.WholeFile;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;

/** A model as {@code jobs/select.sh} or {@code jobs/prune.sh} left it: what its manifest says, and nothing else. */
record SavedModel(Encoder encoder, NetworkState network) {
    private static final long MOST_OF_NETWORK = Integer.MAX_VALUE - 8;

    /** In bytes, whatever the network: a million inputs, with names of a hundred letters. */
    private static final long MOST_OF_ENCODER = 1 << 27;

    /** What an encoder may take in bytes, and more for each input: its column's name, and the text of its category. */
    private static final long ENCODER = 1 << 20;

    private static final long ENCODER_OF_INPUT = 1 << 12;

    /**
     * Reads a model. The network comes first, as it says how long an encoder can be.
     *
     * @throws UserError if it is not as it was left, or its parts do not belong together
     */
    static SavedModel read(String place, Configuration hadoop) {
        FileSystem files = FileSystems.of("model.dir", place, hadoop);
        Path dir = new Path(place);
        Manifest manifest = manifest(files, dir);
        NetworkState network = network(read(files, dir, manifest, SelectionFiles.NETWORK, MOST_OF_NETWORK), dir);
        int inputs = NetworkStates.inputs(network);
        long most = Math.min(MOST_OF_ENCODER, ENCODER + inputs * ENCODER_OF_INPUT);
        Encoder encoder = EncoderJson.read(
                new String(read(files, dir, manifest, SelectionFiles.ENCODER, most), StandardCharsets.UTF_8),
                new Path(dir, SelectionFiles.ENCODER).toString());
        if (inputs != encoder.schema().inputs()) {
            throw new UserError(
                    "model.dir: in " + dir + ", the network takes " + inputs + " inputs and the encoder makes "
                            + encoder.schema().inputs() + "; the files belong to different models");
        }
        return new SavedModel(encoder, network);
    }

    private static Manifest manifest(FileSystem files, Path dir) {
        try {
            return Manifest.read(files, dir, SelectionFiles.MODEL);
        } catch (FileNotFoundException e) {
            return ofFirstVersion(files, dir)
                    .orElseThrow(() -> new UserError(
                            "model.dir: " + dir + " is not a model of jobs/select.sh or jobs/prune.sh: it has no "
                                    + Manifest.NAME + ", which is written last",
                            e));
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    /** What is in the folder of a model that version 0.1 saved, which wrote no manifest; empty: it is none. */
    private static Optional<Manifest> ofFirstVersion(FileSystem files, Path dir) {
        Path encoder = new Path(dir, SelectionFiles.ENCODER);
        try {
            String json = new String(WholeFile.read(files, encoder, MOST_OF_ENCODER), StandardCharsets.UTF_8);
            if (!EncoderJson.isWithoutManifest(json, encoder.toString())) {
                return Optional.empty();
            }
            System.err.println("warning: " + dir + " was saved by version 0.1, without " + Manifest.NAME
                    + "; whether its files are as they were written is not known");
            return Optional.of(Manifest.measured(files, dir, SelectionFiles.MODEL, part -> true));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    private static byte[] read(FileSystem files, Path dir, Manifest manifest, String name, long most) {
        try {
            return manifest.read(files, dir, name, most);
        } catch (IOException e) {
            throw notAModel(dir, e);
        }
    }

    private static NetworkState network(byte[] zip, Path dir) {
        try {
            return NetworkStates.read(new ByteArrayInputStream(zip));
        } catch (IOException | RuntimeException e) {
            throw notAModel(dir, e);
        }
    }

    private static UserError notAModel(Path dir, Exception e) {
        return new UserError(
                "model.dir: " + dir + " is not a model as jobs/select.sh or jobs/prune.sh left it: " + e.getMessage(),
                e);
    }
}
