package org.winnow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Arrays for the time of a step. Steps that ask for arrays of the same shapes in the same order are given the same arrays
 * every time: an ND4J workspace keeps their memory, but making the arrays themselves takes longer than many a small loop.
 *
 * <pre>{@code
 * try (Arena.Open step = arena.open()) {
 *     INDArray y = Arena.array(DataType.FLOAT, 128, 300);
 * }
 * }</pre>
 *
 * An arena belongs to one thread at a time.
 */
public final class Arena {
    private static final ThreadLocal<@Nullable Arena> CURRENT = new ThreadLocal<>();

    private final List<INDArray> arrays = new ArrayList<>();
    private int used;

    /** The time in which an arena gives arrays to its thread. */
    public interface Open extends AutoCloseable {
        /** Ends it; arrays must not be used any longer. */
        @Override
        void close();
    }

    /** Begins a step on this thread. */
    public Open open() {
        Arena before = CURRENT.get();
        used = 0;
        CURRENT.set(this);
        return () -> CURRENT.set(before);
    }

    /** An array of whatever it held before, in row-major order: of the arena open on this thread, otherwise a new one. */
    public static INDArray array(DataType type, long... shape) {
        Arena open = CURRENT.get();
        return open == null ? Nd4j.createUninitialized(type, shape, 'c') : open.next(type, shape);
    }

    /** An array of the type and shape of another. */
    public static INDArray like(INDArray pattern) {
        return array(pattern.dataType(), pattern.shape());
    }

    private INDArray next(DataType type, long[] shape) {
        if (used == arrays.size()) {
            arrays.add(create(type, shape));
        }
        INDArray array = arrays.get(used);
        if (array.dataType() != type || !Arrays.equals(array.shape(), shape)) {
            array = create(type, shape);
            arrays.set(used, array);
        }
        used++;
        return array;
    }

    private static INDArray create(DataType type, long[] shape) {
        return Nd4j.createUninitializedDetached(type, 'c', shape);
    }
}
