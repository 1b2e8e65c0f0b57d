package org.winnow.operator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;

/** Fast convolution of floats against the definition, in loops. */
class FloatConvolutionTest {
    private static final int BATCH = 3;
    private static final double TOLERANCE = 2e-4;

    private record Case(Convolution op, int... sizes) {}

    static List<Case> cases() {
        Window odd = new Window(3, 2, 1, 1);
        Window wide = new Window(2, 1, 0, 3);
        Window padded = new Window(5, 1, 2, 1);
        return List.of(
                new Case(new Convolution(1, 20, 5, 5), 11, 9),
                new Case(new Convolution(20, 7, 5, 5), 12, 10),
                new Case(new Convolution(8, 6, 2, List.of(odd, wide)), 7, 9),
                new Case(new Convolution(30, 4, 2, List.of(wide, odd)), 8, 7),
                new Case(new Convolution(16, 3, 1, List.of(padded, padded)), 5, 6),
                new Case(new Convolution(16, 3, 1, List.of(new Window(3, 1, 2, 2), odd)), 9, 5),
                new Case(new Convolution(2, 5, 3), 8),
                new Case(new Convolution(40, 6, 1, List.of(new Window(4, 1, 3, 2))), 9),
                new Case(new Convolution(3, 3, 3, List.of(odd)), 7),
                new Case(new Convolution(6, 4, 1, List.of(padded, odd, wide)), 6, 5, 7),
                new Case(new Convolution(2, 2, 1, 1, 1), 3, 4, 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isItsDefinition(Case of) {
        long[] shape = new long[of.sizes.length + 2];
        shape[0] = BATCH;
        shape[1] = of.op.in();
        for (int axis = 0; axis < of.sizes.length; axis++) {
            shape[axis + 2] = of.sizes[axis];
        }
        INDArray x = normal(1, shape);
        INDArray w = normal(2, of.op.weightShape());
        INDArray dy = normal(3, of.op.outputShape(shape));
        Loops loops = new Loops(of.op, x, w, dy);

        close(loops.y, of.op.apply(x, w));
        close(loops.y, of.op.apply(x.dup('f'), w.dup('f')));
        close(loops.dx, of.op.inputGradient(x, w, dy.dup('f')));
        INDArray dw = Nd4j.ones(DataType.FLOAT, w.shape()).dup('f');
        of.op.addWeightGradient(x, dy, dw);
        close(loops.dw, dw.sub(1));
    }

    /** Every product of an input and a weight, in double precision. */
    private static final class Loops {
        private final INDArray y;
        private final INDArray dx;
        private final INDArray dw;

        Loops(Convolution op, INDArray x, INDArray w, INDArray dy) {
            y = Nd4j.zeros(DataType.DOUBLE, dy.shape());
            dx = Nd4j.zeros(DataType.DOUBLE, x.shape());
            dw = Nd4j.zeros(DataType.DOUBLE, w.shape());
            int out = op.out() / op.groups();
            int in = op.in() / op.groups();
            for (long atY = 0; atY < dy.length(); atY++) {
                long[] placeY = place(atY, dy.shape());
                for (long atW = placeY[1] * w.length() / op.out();
                        atW < (placeY[1] + 1) * w.length() / op.out();
                        atW++) {
                    long[] placeW = place(atW, w.shape());
                    long[] placeX = placeY.clone();
                    placeX[1] = placeY[1] / out * in + placeW[1];
                    boolean inside = true;
                    for (int axis = 2; axis < placeX.length; axis++) {
                        Window window = op.windows().get(axis - 2);
                        placeX[axis] =
                                placeY[axis] * window.stride() + placeW[axis] * window.dilation() - window.padding();
                        inside &= placeX[axis] >= 0 && placeX[axis] < x.size(axis);
                    }
                    if (inside) {
                        add(y, placeY, x.getDouble(placeX) * w.getDouble(placeW));
                        add(dx, placeX, dy.getDouble(placeY) * w.getDouble(placeW));
                        add(dw, placeW, dy.getDouble(placeY) * x.getDouble(placeX));
                    }
                }
            }
        }

        private static void add(INDArray into, long[] place, double value) {
            into.putScalar(place, into.getDouble(place) + value);
        }

        private static long[] place(long index, long... shape) {
            long[] place = new long[shape.length];
            long rest = index;
            for (int axis = shape.length - 1; axis >= 0; axis--) {
                place[axis] = rest % shape[axis];
                rest /= shape[axis];
            }
            return place;
        }
    }

    private static INDArray normal(int stream, long... shape) {
        long length = 1;
        for (long size : shape) {
            length *= size;
        }
        double[] values = new double[(int) length];
        Noise.of(7).child(stream).normal(values, 0);
        return Elements.write(values, DataType.FLOAT, shape);
    }

    private static void close(INDArray want, INDArray got) {
        assertEquals(DataType.FLOAT, got.dataType());
        assertArrayEquals(want.shape(), got.shape());
        assertArrayEquals(Elements.read(want), Elements.read(got), TOLERANCE);
    }
}
