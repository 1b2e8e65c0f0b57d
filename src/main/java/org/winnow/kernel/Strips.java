package org.winnow.kernel;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A walk over arrays of equal length, strip by strip, in row-major order whatever their strides:
 *
 * <pre>{@code
 * for (Strips at = Strips.over(y); at.next(); ) {
 *     at.write(y, at.read(x).exp().add(at.read(b)));
 * }
 * }</pre>
 *
 * Strips that {@link #read} and the like give are scratch, used again after the next {@link #next}.
 */
public final class Strips {
    private final DataType type;
    private final int length;
    private final Scratch free = Scratch.ofThread();
    private final List<Flat> flats = new ArrayList<>();
    private final List<Flat> written = new ArrayList<>();
    private final List<Strip> scratch = new ArrayList<>();
    private int used;
    private int from;
    private int count;

    private Strips(DataType type, int length) {
        this.type = type;
        this.length = length;
    }

    /** As long as an array, and of its type. */
    public static Strips over(INDArray array) {
        return new Strips(array.dataType(), Math.toIntExact(array.length()));
    }

    /** The product, number by number in row-major order, of an array and one of the same length: a new array. */
    public static INDArray product(INDArray a, INDArray b) {
        INDArray product = Arena.like(a);
        for (Strips at = over(product); at.next(); ) {
            at.write(product, at.read(a).mul(at.read(b)));
        }
        return product;
    }

    /** Goes to the next strip; after the last, makes what was written that of the arrays. */
    public boolean next() {
        from += count;
        count = Math.min(Scratch.SIZE, length - from);
        used = 0;
        if (count == 0) {
            written.forEach(Flat::flush);
            free.giveBack(type, scratch);
        }
        return count > 0;
    }

    /** The index of the strip's first number. */
    public int from() {
        return from;
    }

    /** A strip of whatever it held before. */
    public Strip blank() {
        if (used == scratch.size()) {
            scratch.add(free.borrow(type));
        }
        return scratch.get(used++).resized(count);
    }

    /** A copy of a strip. */
    public Strip copy(Strip x) {
        return blank().set(x);
    }

    /** The numbers of an array here; an array that is shorter repeats. */
    public Strip read(INDArray array) {
        Strip strip = blank();
        flat(array).read(strip, from, count);
        return strip;
    }

    /** Sets the numbers of an array here. */
    public void write(INDArray array, Strip values) {
        Flat flat = flat(array);
        if (from == 0) {
            written.add(flat);
        }
        flat.write(values, from, count);
    }

    /** Adds to the numbers of an array here. */
    public void add(INDArray array, Strip values) {
        write(array, read(array).add(values));
    }

    /** The sum of a strip's numbers. */
    public double sum(Strip values) {
        return values.sum(count);
    }

    private Flat flat(INDArray array) {
        // There are few, so that looking at each is faster than a map.
        for (int i = 0; i < flats.size(); i++) {
            if (flats.get(i).isOf(array)) {
                return flats.get(i);
            }
        }
        Flat flat = Arena.flat(array);
        flats.add(flat);
        return flat;
    }
}
