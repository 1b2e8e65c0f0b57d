package org.winnow.operator;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Arena;
import org.winnow.kernel.Columns;
import org.winnow.kernel.Entries;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Kernel;
import org.winnow.kernel.Reachable;

/**
 * What a {@link Linear} map with a mask on its weight computes, {@code y = (w m) x}, forward and backward, by the weights
 * that the mask leaves alone: faster than products of all weights where the mask is sparse, and the same but for rounding.
 */
public final class MaskedProduct {
    /** The largest share of weights with which this has been faster; the README has the measurements. */
    private static final double MOST_KEPT = 0.125;

    /** With fewer rows, columns are mostly room for others; with more, they do not stay in the cache. */
    private static final int LEAST_ROWS = 32;

    private static final int MOST_ROWS = 512;

    /** Rows of a mask that are looked at first. */
    private static final int SAMPLE = 16;

    private final Linear op;
    private final long[] inputShape;
    /** The numbers of the mask, entry by entry. */
    private final float[] factors;
    /** The weights times the mask. */
    private final Entries entries;
    /** {@code [in, width]}. */
    private final float[] x;

    private final int width;

    private MaskedProduct(Linear op, float[] factors, Entries entries, INDArray x) {
        this.op = op;
        this.factors = factors;
        this.entries = entries;
        inputShape = x.shape();
        this.x = Columns.of(x, op.in());
        width = this.x.length / op.in();
    }

    /**
     * The product, if this is a faster way to it.
     *
     * @param mask in the shape of the weight
     */
    public static Optional<MaskedProduct> of(Operator op, INDArray mask, INDArray weight, INDArray x) {
        if (!(op instanceof Linear linear) || x.dataType() != DataType.FLOAT) {
            return Optional.empty();
        }
        long rows = x.length() / linear.in();
        if (rows < LEAST_ROWS || rows > MOST_ROWS) {
            return Optional.empty();
        }
        INDArray denseMask = FloatMatrix.rowMajor(mask);
        INDArray denseWeight = FloatMatrix.rowMajor(weight);
        return Reachable.during(
                () -> of(linear, FloatMatrix.bits(denseMask), FloatMatrix.memory(denseWeight), x),
                denseMask,
                denseWeight);
    }

    private static Optional<MaskedProduct> of(Linear op, IntBuffer mask, FloatBuffer weight, INDArray x) {
        int most = (int) (MOST_KEPT * op.in() * op.out());
        if (isDense(op, mask)) {
            return Optional.empty();
        }
        Entries entries =
                new Entries(Arena.ints(op.out() + 1), Arena.ints(most + op.in()), Arena.floats(most + op.in()));
        float[] factors = Arena.floats(most + op.in());
        return isCompressed(op, mask, weight, factors, entries)
                ? Optional.of(new MaskedProduct(op, factors, entries, x))
                : Optional.empty();
    }

    /** Whether a sample of the rows has too many, so that there need be no room for others. */
    private static boolean isDense(Linear op, IntBuffer mask) {
        int[] ofMask = Arena.ints(op.in());
        int apart = (op.out() + SAMPLE - 1) / SAMPLE;
        long kept = 0;
        long seen = 0;
        for (int row = 0; row < op.out(); row += apart) {
            mask.get(row * op.in(), ofMask);
            for (int bits : ofMask) {
                kept += isSet(bits);
            }
            seen += op.in();
        }
        return kept > 2 * MOST_KEPT * seen;
    }

    /** 1 for bits of a float that is not 0, and 0 for others: without a branch, which would be mispredicted. */
    private static int isSet(int bits) {
        int withoutSign = bits << 1;
        return (withoutSign | -withoutSign) >>> (Integer.SIZE - 1);
    }

    /** Whether there was room for all entries. */
    private static boolean isCompressed(
            Linear op, IntBuffer mask, FloatBuffer weights, float[] factors, Entries entries) {
        int[] ofMask = Arena.ints(op.in());
        float[] ofWeight = Arena.floats(op.in());
        int[] indices = entries.indices();
        int count = 0;
        for (int row = 0; row < op.out(); row++) {
            if (count + op.in() > indices.length) {
                return false;
            }
            mask.get(row * op.in(), ofMask);
            weights.get(row * op.in(), ofWeight);
            int first = count;
            entries.starts()[row] = first;
            count = compress(ofMask, indices, first);
            for (int i = first; i < count; i++) {
                factors[i] = Float.intBitsToFloat(ofMask[indices[i]]);
                entries.values()[i] = factors[i] * ofWeight[indices[i]];
            }
        }
        entries.starts()[op.out()] = count;
        return true;
    }

    /** Writes where floats are not 0 from a place on; returns the place behind. */
    private static int compress(int[] bits, int[] indices, int from) {
        int count = from;
        for (int i = 0; i < bits.length; i++) {
            indices[count] = i;
            count += isSet(bits[i]);
        }
        return count;
    }

    /** {@link Operator#apply}. */
    public INDArray output() {
        float[] y = zeros(op.out());
        Kernel.current().addProduct(entries, x, y, 0, width, width);
        return rows(y, op.out(), op.outputShape(inputShape));
    }

    /** What is to be known of the output's gradient. */
    public Backward backward(INDArray dy) {
        return new Backward(Columns.of(dy, op.out()));
    }

    private float[] zeros(int numbers) {
        float[] zeros = Arena.floats(numbers * width);
        Arrays.fill(zeros, 0);
        return zeros;
    }

    private static INDArray rows(float[] columns, int numbers, long... shape) {
        INDArray rows = Arena.array(DataType.FLOAT, shape);
        Columns.toRows(columns, numbers, rows);
        return rows;
    }

    /** Gradients. */
    public final class Backward {
        /** {@code [out, width]}. */
        private final float[] dy;

        private Backward(float[] dy) {
            this.dy = dy;
        }

        /** {@link Operator#inputGradient}. */
        public INDArray inputGradient() {
            float[] dx = zeros(op.in());
            Kernel.current().addProductOfTransposed(entries, dy, dx, width);
            return rows(dx, op.in(), inputShape);
        }

        /** Sets an array to {@code dL/dw}, of the weight before it was masked. */
        public void weightGradient(INDArray into) {
            float[] ofMasked = Arena.floats(factors.length);
            Kernel.current().products(entries, dy, x, width, ofMasked);
            INDArray dense = FloatMatrix.rowMajor(into);
            FloatBuffer gradient = FloatMatrix.memory(dense);
            float[] ofRow = Arena.floats(op.in());
            for (int row = 0; row < op.out(); row++) {
                Arrays.fill(ofRow, 0);
                for (int i = entries.starts()[row]; i < entries.starts()[row + 1]; i++) {
                    ofRow[entries.indices()[i]] = factors[i] * ofMasked[i];
                }
                gradient.put(row * op.in(), ofRow);
            }
            if (dense != into) {
                into.assign(dense);
            }
        }
    }
}
