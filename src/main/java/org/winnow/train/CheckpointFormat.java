package org.winnow.train;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.util.Arrays;
import org.winnow.check.UserError;
import org.winnow.file.Damaged;
import org.winnow.file.Sha256;
import org.winnow.model.GateStatistics;

/**
 * The bytes of a checkpoint: a mark, a version, the run's name, numbers, and arrays, each behind its length,
 * big endian, and the SHA-256 of all that. Lengths are checked against the network before anything is allocated.
 */
final class CheckpointFormat {
    private static final int MARK = 0x574E4B50;
    private static final int VERSION = 3;

    /** The last version without a hash: it ended with the mark. */
    private static final int WITHOUT_HASH = 2;

    /** No updater keeps more numbers than this for a parameter (AMSGrad keeps three). */
    private static final long MOST_UPDATER_STATE = 4;

    private CheckpointFormat() {}

    static void write(OutputStream file, String run, RoundState state) throws IOException {
        DigestOutputStream hashed = new DigestOutputStream(new BufferedOutputStream(file), Sha256.digest());
        DataOutputStream out = new DataOutputStream(hashed);
        out.writeInt(MARK);
        out.writeInt(VERSION);
        out.writeUTF(run);
        out.writeInt(state.rounds());
        out.writeDouble(state.loss());
        out.writeDouble(state.bestMetric());
        out.writeInt(state.sinceBest());
        write(out, state.parameters());
        write(out, state.updaterState().floats());
        write(out, state.velocity());
        write(out, state.bestParameters());
        write(out, state.gates());
        write(out, state.gatesOverRounds());
        hashed.on(false);
        out.write(hashed.getMessageDigest().digest());
        out.flush();
    }

    /**
     * Reads a state.
     *
     * @param name of the file behind the key that names it, for messages
     * @param run whose it must be
     * @param start of the same run, whose arrays tell the lengths
     * @throws Damaged if it is not a checkpoint as it was written
     * @throws UserError if it is said to be of another version, or of another run; that may be damage too
     */
    static RoundState read(InputStream file, String name, String run, RoundState start) throws IOException {
        DigestInputStream hashed = new DigestInputStream(new BufferedInputStream(file), Sha256.digest());
        DataInputStream in = new DataInputStream(hashed);
        try {
            require(in.readInt() == MARK, "it is no checkpoint");
            int version = in.readInt();
            if (version != VERSION) {
                throw refused(
                        name,
                        "has version " + version + ", this program reads " + VERSION
                                + ": go on with the Winnow that wrote it, or begin anew with another"
                                + " train.checkpoint.dir and without train.resume");
            }
            String written = in.readUTF();
            if (!written.equals(run)) {
                throw refused(
                        name,
                        "belongs to run " + written + ", this is " + run
                                + " (another configuration, other data or another phase)");
            }
            RoundState state = state(in, start);
            byte[] hash = hashed.getMessageDigest().digest();
            hashed.on(false);
            require(Arrays.equals(hash, in.readNBytes(hash.length)) && in.read() < 0, "its hash differs");
            return state;
        } catch (EOFException e) {
            throw new Damaged("it is cut off", e);
        }
    }

    /** Whether a file is as it was written, in any version. */
    static boolean isWhole(InputStream file) throws IOException {
        byte[] all = file.readAllBytes();
        ByteBuffer numbers = ByteBuffer.wrap(all);
        int hash = all.length - Sha256.digest().getDigestLength();
        if (hash < 2 * Integer.BYTES || numbers.getInt(0) != MARK) {
            return false;
        }
        if (numbers.getInt(Integer.BYTES) <= WITHOUT_HASH && numbers.getInt(all.length - Integer.BYTES) == MARK) {
            return true;
        }
        byte[] expected = Sha256.digest().digest(Arrays.copyOf(all, hash));
        return Arrays.equals(expected, Arrays.copyOfRange(all, hash, all.length));
    }

    private static RoundState state(DataInputStream in, RoundState start) throws IOException {
        int rounds = in.readInt();
        double loss = in.readDouble();
        double bestMetric = in.readDouble();
        int sinceBest = in.readInt();
        int parameters = start.parameters().length;
        float[] current = read(in, parameters, parameters);
        Packed updaterState = Packed.of(read(in, 0, MOST_UPDATER_STATE * parameters));
        float[] velocity = read(in, start.velocity().length, start.velocity().length);
        float[] best = read(in, 0, parameters);
        GateStatistics gates = readGates(in, parameters);
        GateStatistics gatesOverRounds = readGates(in, parameters);
        return new RoundState(
                rounds, current, updaterState, velocity, loss, gates, gatesOverRounds, best, bestMetric, sinceBest);
    }

    private static void write(DataOutputStream out, float[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
        bytes.asFloatBuffer().put(values);
        out.writeInt(values.length);
        out.write(bytes.array());
    }

    private static void write(DataOutputStream out, GateStatistics gates) throws IOException {
        out.writeDouble(gates.count());
        write(out, gates.mean());
        write(out, gates.squares());
    }

    private static GateStatistics readGates(DataInputStream in, int most) throws IOException {
        return new GateStatistics(in.readDouble(), readDoubles(in, most), readDoubles(in, most));
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static float[] read(DataInputStream in, int least, long most) throws IOException {
        ByteBuffer bytes = bytes(in, least, most, Float.BYTES);
        float[] values = new float[bytes.capacity() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static double[] readDoubles(DataInputStream in, long most) throws IOException {
        ByteBuffer bytes = bytes(in, 0, most, Double.BYTES);
        double[] values = new double[bytes.capacity() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /** Reads what is there, in pieces: a wrong length ends at the end of the file, not in a huge array. */
    private static ByteBuffer bytes(DataInputStream in, int least, long most, int width) throws IOException {
        int length = in.readInt();
        require(
                length >= least && length <= most,
                "it has an array of " + length + " numbers, expected " + least + " to " + most);
        int size = Math.multiplyExact(length, width);
        byte[] bytes = in.readNBytes(size);
        require(bytes.length == size, "it is cut off");
        return ByteBuffer.wrap(bytes);
    }

    private static void require(boolean holds, String otherwise) throws Damaged {
        if (!holds) {
            throw new Damaged(otherwise);
        }
    }

    private static UserError refused(String name, String why) {
        return new UserError(name + " " + why);
    }
}
