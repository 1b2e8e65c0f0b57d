package org.winnow.bench;

import static org.winnow.kernel.Gemm.plain;
import static org.winnow.kernel.Gemm.transposed;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Gemm;

/**
 * The matrix products of a training step, without which no implementation can be: the floor of its time. Only those that
 * multiply by the few weights of a sparse mask can do without a part of them.
 */
enum Products {
    /** Forward, weight gradient, and input gradient but for the first layer. */
    DENSE(1, 1, 0),
    /** Gates before the first layer need its input gradient too. */
    GATED(1, 1, 1),
    /** Means and variances. */
    VARIATIONAL(2, 2, 0),
    /** Three real products for a complex one, two where the input is real, and the variances. */
    COMPLEX(3, 4, 0),
    /** Products with patches, image by image, as those of a batch do not fit into the cache. */
    LENET5(1, 1, 0),
    /** Those of means and of variances. */
    VARIATIONAL_LENET5(2, 2, 0);

    private static final double SECONDS_EACH = 0.1;

    private final int ofFirst;
    private final int ofOthers;
    private final int inputGradientsOfFirst;

    Products(int ofFirst, int ofOthers, int inputGradientsOfFirst) {
        this.ofFirst = ofFirst;
        this.ofOthers = ofOthers;
        this.inputGradientsOfFirst = inputGradientsOfFirst;
    }

    /** {@code out x in} weights that meet so many rows, so many times. */
    private record Shape(int times, int rows, int in, int out) {
        Shape(int rows, int in, int out) {
            this(1, rows, in, out);
        }

        double flops() {
            return 2.0 * times * rows * in * out;
        }
    }

    /** Whether they are those of LeNet-5. */
    boolean ofImages() {
        return this == LENET5 || this == VARIATIONAL_LENET5;
    }

    /** Floating point operations of a step. */
    double flops(int batch) {
        double flops = 0;
        List<Shape> shapes = shapes(batch);
        for (int i = 0; i < shapes.size(); i++) {
            flops += shapes.get(i).flops() * (i == 0 ? 2 * ofFirst + inputGradientsOfFirst : 3 * ofOthers);
        }
        return flops;
    }

    /** The best time of these products by themselves, in seconds. */
    double seconds(int batch) {
        double seconds = 0;
        List<Shape> shapes = shapes(batch);
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = shapes.get(i);
            INDArray x = matrix(shape.rows(), shape.in());
            INDArray w = matrix(shape.out(), shape.in());
            INDArray y = matrix(shape.rows(), shape.out());
            int times = shape.times() * (i == 0 ? ofFirst : ofOthers);
            seconds += times * best(() -> Gemm.set(plain(x), transposed(w), y));
            seconds += times * best(() -> Gemm.set(transposed(y), plain(x), w));
            int inputGradients = shape.times() * (i == 0 ? inputGradientsOfFirst : ofOthers);
            if (inputGradients > 0) {
                seconds += inputGradients * best(() -> Gemm.set(plain(y), plain(w), x));
            }
        }
        return seconds;
    }

    private List<Shape> shapes(int batch) {
        if (ofImages()) {
            return List.of(
                    new Shape(batch, 24 * 24, 25, 20),
                    new Shape(batch, 8 * 8, 500, 50),
                    new Shape(batch, 800, 500),
                    new Shape(batch, 500, LayerKind.CLASSES));
        }
        List<Shape> shapes = new ArrayList<>();
        for (int i = 1; i < LayerKind.SIZES.size(); i++) {
            shapes.add(new Shape(batch, LayerKind.SIZES.get(i - 1), LayerKind.SIZES.get(i)));
        }
        return shapes;
    }

    private static INDArray matrix(int rows, int columns) {
        return Nd4j.ones(DataType.FLOAT, rows, columns).muli(1e-3);
    }

    private static double best(Runnable product) {
        double best = Double.POSITIVE_INFINITY;
        for (long begun = System.nanoTime(); (System.nanoTime() - begun) * 1e-9 < SECONDS_EACH; ) {
            long started = System.nanoTime();
            product.run();
            best = Math.min(best, (System.nanoTime() - started) * 1e-9);
        }
        return best;
    }
}
