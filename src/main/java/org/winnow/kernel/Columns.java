package org.winnow.kernel;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Rows of floats turned: number by number, what the rows have there, {@code [numbers, width]}. Turned rows may be fewer than
 * the width; what is behind them is 0.
 */
public final class Columns {
    /** Rows turned at once, a line of the processor's cache. */
    private static final int AT_ONCE = 16;

    private Columns() {}

    /** The least width for so many rows that the sparse products of a {@link Kernel} can do with. */
    public static int width(int rows) {
        return (rows + Kernel.COLUMNS - 1) / Kernel.COLUMNS * Kernel.COLUMNS;
    }

    /** The rows of an array, each of so many numbers: of the arena open on this thread. */
    public static float[] of(INDArray array, int numbers) {
        Flat rows = new Flat(array);
        int count = rows.length() / numbers;
        int width = width(count);
        float[] columns = Arena.floats(Math.multiplyExact(numbers, width));
        float[] some = Arena.floats(AT_ONCE * numbers);
        for (int from = 0; from < width; from += AT_ONCE) {
            int present = Math.max(0, Math.min(AT_ONCE, count - from));
            if (present > 0) {
                rows.read(some, from * numbers, present * numbers);
            }
            Arrays.fill(some, present * numbers, some.length, 0);
            for (int i = 0; i < numbers; i++) {
                int to = i * width + from;
                for (int row = 0; row < AT_ONCE; row++) {
                    columns[to + row] = some[row * numbers + i];
                }
            }
        }
        return columns;
    }

    /** Sets the rows of an array in row-major order, each of so many numbers. */
    public static void toRows(float[] columns, int numbers, INDArray array) {
        FloatBuffer rows = FloatMatrix.memory(array);
        int count = rows.limit() / numbers;
        int width = columns.length / numbers;
        float[] some = Arena.floats(AT_ONCE * numbers);
        for (int from = 0; from < count; from += AT_ONCE) {
            for (int i = 0; i < numbers; i++) {
                int at = i * width + from;
                for (int row = 0; row < AT_ONCE; row++) {
                    some[row * numbers + i] = columns[at + row];
                }
            }
            rows.put(from * numbers, some, 0, Math.min(AT_ONCE, count - from) * numbers);
        }
    }
}
