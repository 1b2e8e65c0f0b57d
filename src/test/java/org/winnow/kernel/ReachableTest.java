package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Convolution;

class ReachableTest {
    private static final int COLLECTIONS = 8;
    private static final long NANOS_APART = 50_000_000;

    /**
     * Patches of an image outside of arenas are over 32 MiB, which goes back to the system as soon as it is freed: who works on
     * it after that does not live on.
     */
    @Test
    void collectionsInTheMiddleOfProductsChangeNothing() {
        Convolution op = new Convolution(8, 2, 3, 3);
        INDArray x = ramp(3, 8, 400, 400);
        INDArray w = ramp(op.weightShape());
        float[] expected = op.apply(x, w).data().asFloat();
        Thread collector = new Thread(() -> {
            for (int i = 0; i < COLLECTIONS; i++) {
                LockSupport.parkNanos(NANOS_APART);
                System.gc();
            }
        });
        collector.start();
        do {
            INDArray transposed = x.permute(0, 1, 3, 2).dup('c').permute(0, 1, 3, 2);
            assertArrayEquals(expected, op.apply(transposed, w).data().asFloat());
        } while (collector.isAlive());
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
