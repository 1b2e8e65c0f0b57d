package org.winnow.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
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

    /** More than a step asks for, unless it makes arrays anew each time. */
    private static final int MOST_REMEMBERED = 256;

    private final List<INDArray> arrays = new ArrayList<>();
    private final IdentityHashMap<INDArray, Flat> flats = new IdentityHashMap<>();
    private final IdentityHashMap<INDArray, List<INDArray>> views = new IdentityHashMap<>();
    private int used;
    private final List<float[]> floats = new ArrayList<>();
    private int usedFloats;
    private final List<int[]> ints = new ArrayList<>();
    private int usedInts;

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
        usedFloats = 0;
        usedInts = 0;
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

    /** Numbers in the heap, of whatever value, in the same way. */
    public static float[] floats(int length) {
        Arena open = CURRENT.get();
        return open == null ? new float[length] : open.nextFloats(length);
    }

    /** Integers in the heap, of whatever value, in the same way. */
    public static int[] ints(int length) {
        Arena open = CURRENT.get();
        return open == null ? new int[length] : open.nextInts(length);
    }

    private float[] nextFloats(int length) {
        if (usedFloats == floats.size()) {
            floats.add(new float[length]);
        } else if (floats.get(usedFloats).length != length) {
            floats.set(usedFloats, new float[length]);
        }
        return floats.get(usedFloats++);
    }

    private int[] nextInts(int length) {
        if (usedInts == ints.size()) {
            ints.add(new int[length]);
        } else if (ints.get(usedInts).length != length) {
            ints.set(usedInts, new int[length]);
        }
        return ints.get(usedInts++);
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

    /**
     * The memory of an array, which the arena open on this thread remembers where it is the array's own: to ask ND4J for
     * it takes longer than many a small loop, too.
     */
    static Flat flat(INDArray array) {
        Arena open = CURRENT.get();
        return open == null ? new Flat(array) : open.remembered(array);
    }

    private Flat remembered(INDArray array) {
        Flat flat = flats.get(array);
        if (flat == null) {
            flat = new Flat(array);
            if (flat.isItself()) {
                remember(flats, array, flat);
            }
        }
        return flat;
    }

    /** A view of an array's memory, which the arena open on this thread remembers, too. */
    static INDArray view(INDArray array, long[] shape, long[] stride, long offset) {
        Arena open = CURRENT.get();
        return open == null
                ? Nd4j.create(array.data(), shape, stride, offset, array.ordering())
                : open.rememberedView(array, shape, stride, offset);
    }

    private INDArray rememberedView(INDArray array, long[] shape, long[] stride, long offset) {
        List<INDArray> known = views.get(array);
        if (known == null) {
            known = new ArrayList<>();
            remember(views, array, known);
        }
        for (INDArray view : known) {
            if (view.offset() == offset && Arrays.equals(view.shape(), shape) && Arrays.equals(view.stride(), stride)) {
                return view;
            }
        }
        INDArray view = Nd4j.create(array.data(), shape, stride, offset, array.ordering());
        known.add(view);
        return view;
    }

    private static <T> void remember(IdentityHashMap<INDArray, T> all, INDArray array, T ofArray) {
        if (all.size() == MOST_REMEMBERED) {
            all.clear();
        }
        all.put(array, ofArray);
    }

    private static INDArray create(DataType type, long[] shape) {
        return Nd4j.createUninitializedDetached(type, 'c', shape);
    }
}
