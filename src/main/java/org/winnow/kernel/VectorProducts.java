package org.winnow.kernel;

import static org.winnow.kernel.Uninlined.call;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The sparse products of {@link VectorKernel}: sums stay in vectors while entries go by. Loops are {@link Uninlined}. */
@SuppressWarnings("UnusedMethod") // The loops are found by name.
final class VectorProducts {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int ENTRIES_AT_ONCE = 256;

    private final MethodHandle addProduct = loop("addProductLoop");
    private final MethodHandle addProductOfTransposed = loop("addProductOfTransposedLoop");
    private final MethodHandle parts = loop("partsLoop");

    void addProduct(Entries entries, float[] x, float[] y, int first, int width, int columns) {
        call(() -> {
            addProduct.invokeExact(entries, x, y, first, width, columns);
        });
    }

    void addProductOfTransposed(Entries entries, float[] y, float[] x, int width) {
        call(() -> {
            addProductOfTransposed.invokeExact(entries, y, x, width);
        });
    }

    void products(Entries entries, float[] y, float[] x, int width, float[] into) {
        int[] starts = entries.starts();
        float[] sums = new float[ENTRIES_AT_ONCE * Kernel.PARTS];
        for (int row = 0; row < entries.rows(); row++) {
            int ofRow = row * width;
            for (int from = starts[row]; from < starts[row + 1]; from += ENTRIES_AT_ONCE) {
                int first = from;
                int count = Math.min(ENTRIES_AT_ONCE, starts[row + 1] - from);
                call(() -> {
                    parts.invokeExact(entries.indices(), first, count, y, ofRow, x, width, sums);
                });
                for (int i = 0; i < count; i++) {
                    into[first + i] = ScalarKernel.sumOfHalves(sums, i * Kernel.PARTS);
                }
            }
        }
    }

    private static void addProductLoop(Entries entries, float[] x, float[] y, int first, int width, int columns) {
        int[] starts = entries.starts();
        int[] indices = entries.indices();
        float[] values = entries.values();
        for (int row = 0; row + 1 < starts.length; row++) {
            for (int column = 0; column < columns; column += 4 * LANES) {
                int to = first + row * width + column;
                FloatVector sum0 = FloatVector.fromArray(FLOATS, y, to);
                FloatVector sum1 = FloatVector.fromArray(FLOATS, y, to + LANES);
                FloatVector sum2 = FloatVector.fromArray(FLOATS, y, to + 2 * LANES);
                FloatVector sum3 = FloatVector.fromArray(FLOATS, y, to + 3 * LANES);
                for (int i = starts[row]; i < starts[row + 1]; i++) {
                    int at = indices[i] * width + column;
                    FloatVector value = FloatVector.broadcast(FLOATS, values[i]);
                    sum0 = value.fma(FloatVector.fromArray(FLOATS, x, at), sum0);
                    sum1 = value.fma(FloatVector.fromArray(FLOATS, x, at + LANES), sum1);
                    sum2 = value.fma(FloatVector.fromArray(FLOATS, x, at + 2 * LANES), sum2);
                    sum3 = value.fma(FloatVector.fromArray(FLOATS, x, at + 3 * LANES), sum3);
                }
                sum0.intoArray(y, to);
                sum1.intoArray(y, to + LANES);
                sum2.intoArray(y, to + 2 * LANES);
                sum3.intoArray(y, to + 3 * LANES);
            }
        }
    }

    private static void addProductOfTransposedLoop(Entries entries, float[] y, float[] x, int width) {
        int[] starts = entries.starts();
        int[] indices = entries.indices();
        float[] values = entries.values();
        for (int row = 0; row + 1 < starts.length; row++) {
            int from = row * width;
            for (int i = starts[row]; i < starts[row + 1]; i++) {
                int to = indices[i] * width;
                FloatVector value = FloatVector.broadcast(FLOATS, values[i]);
                for (int column = 0; column < width; column += LANES) {
                    value.fma(
                                    FloatVector.fromArray(FLOATS, y, from + column),
                                    FloatVector.fromArray(FLOATS, x, to + column))
                            .intoArray(x, to + column);
                }
            }
        }
    }

    /** The parts of the sums of a row's entries, four entries side by side, as each is a chain of additions. */
    private static void partsLoop(
            int[] indices, int first, int count, float[] y, int from, float[] x, int width, float[] into) {
        for (int part = 0; part < Kernel.PARTS; part += LANES) {
            int i = 0;
            for (; i + 4 <= count; i += 4) {
                int at0 = indices[first + i] * width;
                int at1 = indices[first + i + 1] * width;
                int at2 = indices[first + i + 2] * width;
                int at3 = indices[first + i + 3] * width;
                FloatVector sum0 = FloatVector.zero(FLOATS);
                FloatVector sum1 = FloatVector.zero(FLOATS);
                FloatVector sum2 = FloatVector.zero(FLOATS);
                FloatVector sum3 = FloatVector.zero(FLOATS);
                for (int column = part; column < width; column += Kernel.PARTS) {
                    FloatVector ofRow = FloatVector.fromArray(FLOATS, y, from + column);
                    sum0 = ofRow.fma(FloatVector.fromArray(FLOATS, x, at0 + column), sum0);
                    sum1 = ofRow.fma(FloatVector.fromArray(FLOATS, x, at1 + column), sum1);
                    sum2 = ofRow.fma(FloatVector.fromArray(FLOATS, x, at2 + column), sum2);
                    sum3 = ofRow.fma(FloatVector.fromArray(FLOATS, x, at3 + column), sum3);
                }
                sum0.intoArray(into, i * Kernel.PARTS + part);
                sum1.intoArray(into, (i + 1) * Kernel.PARTS + part);
                sum2.intoArray(into, (i + 2) * Kernel.PARTS + part);
                sum3.intoArray(into, (i + 3) * Kernel.PARTS + part);
            }
            for (; i < count; i++) {
                int at = indices[first + i] * width;
                FloatVector sum = FloatVector.zero(FLOATS);
                for (int column = part; column < width; column += Kernel.PARTS) {
                    FloatVector ofRow = FloatVector.fromArray(FLOATS, y, from + column);
                    sum = ofRow.fma(FloatVector.fromArray(FLOATS, x, at + column), sum);
                }
                sum.intoArray(into, i * Kernel.PARTS + part);
            }
        }
    }

    private static MethodHandle loop(String name) {
        return Uninlined.loop(MethodHandles.lookup(), name);
    }
}
