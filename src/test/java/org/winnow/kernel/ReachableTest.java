package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Convolution;

class ReachableTest {
    /** Without it, the patches of a convolution outside of arenas and copies in row-major order are freed while in use. */
    @Test
    void collectionsInTheMiddleOfProductsChangeNothing() throws InterruptedException {
        Convolution op = new Convolution(3, 8, 3, 3);
        INDArray x = ramp(64, 3, 24, 24);
        INDArray w = ramp(op.weightShape());
        float[] expected = op.apply(x, w).data().asFloat();
        AtomicBoolean done = new AtomicBoolean();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
            }
        });
        collector.start();
        try {
            for (int i = 0; i < 30; i++) {
                INDArray transposed = x.permute(0, 1, 3, 2).dup('c').permute(0, 1, 3, 2);
                assertArrayEquals(expected, op.apply(transposed, w).data().asFloat(), "call " + i);
            }
        } finally {
            done.set(true);
            collector.join();
        }
    }

    private static INDArray ramp(long... shape) {
        int count =
                (int) IntStream.range(0, shape.length).mapToLong(i -> shape[i]).reduce(1, (a, b) -> a * b);
        double[] numbers = IntStream.range(0, count)
                .mapToDouble(i -> (i % 97) / 97.0 - 0.5)
                .toArray();
        return Elements.write(numbers, DataType.FLOAT, shape);
    }
}
