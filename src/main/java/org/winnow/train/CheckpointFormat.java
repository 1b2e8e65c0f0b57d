package org.winnow.train;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.winnow.check.UserError;
import org.winnow.model.GateStatistics;

/**
 * The bytes of a checkpoint: a mark, a version, the run's name, numbers, and arrays, each behind its length,
 * big endian. Lengths are checked against the network before anything is allocated.
 */
final class CheckpointFormat {
    private static final int MARK = 0x574E4B50;
    private static final int VERSION = 2;

    /** No updater keeps more numbers than this for a parameter (AMSGrad keeps three). */
    private static final long MOST_UPDATER_STATE = 4;

    private CheckpointFormat() {}

    static void write(DataOutputStream out, String run, RoundState state) throws IOException {
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
        out.writeInt(MARK);
    }

    /**
     * Reads a state.
     *
     * @param file for messages
     * @param run whose it must be
     * @param start of the same run, whose arrays tell the lengths
     * @throws UserError if it is not a checkpoint, of another version, or of another run
     */
    static RoundState read(DataInputStream in, String file, String run, RoundState start) throws IOException {
        require(in.readInt() == MARK, file, "is not a checkpoint");
        int version = in.readInt();
        require(version == VERSION, file, "has version " + version + ", this program reads " + VERSION);
        String written = in.readUTF();
        require(
                written.equals(run),
                file,
                "belongs to run " + written + ", this is " + run
                        + " (another configuration, other data or another phase)");
        int rounds = in.readInt();
        double loss = in.readDouble();
        double bestMetric = in.readDouble();
        int sinceBest = in.readInt();
        int parameters = start.parameters().length;
        float[] current = read(in, file, parameters, parameters);
        Packed updaterState = Packed.of(read(in, file, 0, MOST_UPDATER_STATE * parameters));
        float[] velocity = read(in, file, start.velocity().length, start.velocity().length);
        float[] best = read(in, file, 0, parameters);
        GateStatistics gates = readGates(in, file, parameters);
        GateStatistics gatesOverRounds = readGates(in, file, parameters);
        require(in.readInt() == MARK, file, "is cut short");
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

    private static GateStatistics readGates(DataInputStream in, String file, int most) throws IOException {
        return new GateStatistics(in.readDouble(), readDoubles(in, file, most), readDoubles(in, file, most));
    }

    private static void write(DataOutputStream out, double[] values) throws IOException {
        out.writeInt(values.length);
        for (double value : values) {
            out.writeDouble(value);
        }
    }

    private static float[] read(DataInputStream in, String file, int least, long most) throws IOException {
        ByteBuffer bytes = bytes(in, file, least, most, Float.BYTES);
        float[] values = new float[bytes.capacity() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    private static double[] readDoubles(DataInputStream in, String file, long most) throws IOException {
        ByteBuffer bytes = bytes(in, file, 0, most, Double.BYTES);
        double[] values = new double[bytes.capacity() / Double.BYTES];
        bytes.asDoubleBuffer().get(values);
        return values;
    }

    /** Reads what is there, in pieces: a wrong length ends at the end of the file, not in a huge array. */
    private static ByteBuffer bytes(DataInputStream in, String file, int least, long most, int width)
            throws IOException {
        int length = in.readInt();
        require(
                length >= least && length <= most,
                file,
                "has an array of " + length + " numbers, expected " + least + " to " + most);
        int size = Math.multiplyExact(length, width);
        byte[] bytes = in.readNBytes(size);
        require(bytes.length == size, file, "is cut short");
        return ByteBuffer.wrap(bytes);
    }

    private static void require(boolean holds, String file, String otherwise) {
        if (!holds) {
            throw new UserError("train.resume: " + file + " " + otherwise);
        }
    }
}
