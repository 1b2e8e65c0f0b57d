package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class GemmTest {
    private static final int ROWS = 5;
    private static final int INNER = 7;
    private static final int COLUMNS = 3;

    /** The same numbers as they lie in memory in one way or another. */
    private static final List<UnaryOperator<INDArray>> LAYOUTS = List.of(
            a -> a.dup('c'),
            a -> a.dup('f'),
            a -> Views.interval(Nd4j.concat(1, a, a), 1, a.size(1), a.size(1)),
            a -> Views.interval(Nd4j.concat(1, a, a).dup('f'), 1, a.size(1), a.size(1)),
            a -> Views.interval(Nd4j.concat(1, a, a), 1, 0, a.size(1), 2).assign(a));

    @Test
    void productsAreThoseOfTheFormulaWhateverTheLayout() {
        for (DataType type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
            for (UnaryOperator<INDArray> layout : LAYOUTS) {
                for (boolean transposeA : new boolean[] {false, true}) {
                    for (boolean transposeB : new boolean[] {false, true}) {
                        compare(type, layout, transposeA, transposeB);
                    }
                }
            }
        }
    }

    @Test
    void vectorsAreMatricesToo() {
        INDArray row = matrix(DataType.FLOAT, 1, INNER);
        INDArray column = matrix(DataType.FLOAT, INNER, 1);
        INDArray number = Nd4j.zeros(DataType.FLOAT, 1, 1);
        Gemm.set(Gemm.plain(row), Gemm.plain(column), number);
        assertEquals(expected(row, column).getDouble(0), number.getDouble(0), 1e-6);
        INDArray square = Nd4j.zeros(DataType.FLOAT, INNER, INNER);
        Gemm.set(Gemm.transposed(row), Gemm.transposed(column), square);
        close(expected(row.transpose(), column.transpose()), square, 1e-6);
    }

    @Test
    void shapesMustMultiply() {
        INDArray a = matrix(DataType.FLOAT, ROWS, INNER);
        assertThrows(
                IllegalArgumentException.class,
                () -> Gemm.set(Gemm.plain(a), Gemm.plain(a), Nd4j.zeros(DataType.FLOAT, ROWS, INNER)));
    }

    private static void compare(DataType type, UnaryOperator<INDArray> layout, boolean transposeA, boolean transposeB) {
        INDArray a = matrix(type, ROWS, INNER);
        INDArray b = matrix(type, INNER, COLUMNS);
        INDArray start = matrix(type, ROWS, COLUMNS);
        INDArray set = layout.apply(start);
        INDArray added = layout.apply(start);
        Gemm.Factor left = factor(a, layout, transposeA);
        Gemm.Factor right = factor(b, layout, transposeB);
        Gemm.set(left, right, set);
        Gemm.add(left, right, added);
        close(expected(a, b), set, 1e-5);
        close(expected(a, b).add(start), added, 1e-5);
    }

    private static Gemm.Factor factor(INDArray a, UnaryOperator<INDArray> layout, boolean transposed) {
        return transposed ? Gemm.transposed(layout.apply(a.transpose().dup('c'))) : Gemm.plain(layout.apply(a));
    }

    private static INDArray expected(INDArray a, INDArray b) {
        double[][] product = new double[(int) a.size(0)][(int) b.size(1)];
        for (int i = 0; i < product.length; i++) {
            for (int j = 0; j < product[i].length; j++) {
                for (int k = 0; k < a.size(1); k++) {
                    product[i][j] += a.getDouble(i, k) * b.getDouble(k, j);
                }
            }
        }
        return Nd4j.create(product).castTo(a.dataType());
    }

    private static INDArray matrix(DataType type, int rows, int columns) {
        double[] numbers = new double[rows * columns];
        Noise.of(1).child(rows, columns).normal(numbers, 0);
        return Elements.write(numbers, type, rows, columns);
    }

    private static void close(INDArray want, INDArray got, double within) {
        assertEquals(0, want.sub(got).amaxNumber().doubleValue(), within);
    }
}
