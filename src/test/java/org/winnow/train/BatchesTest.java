package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.winnow.kernel.Noise;

class BatchesTest {
    @Property
    void everyEpochTakesEveryRowOnce(
            @ForAll @IntRange(min = 1, max = 200) int rows, @ForAll @IntRange(min = 1, max = 50) int size) {
        Batches batches = new Batches(rows, size, Noise.of(1));
        int[] first = epoch(batches, 0);
        int[] second = epoch(batches, 1);
        int[] all = IntStream.range(0, rows).toArray();
        assertArrayEquals(all, Arrays.stream(first).sorted().toArray());
        assertArrayEquals(all, Arrays.stream(second).sorted().toArray());
        assertArrayEquals(first, epoch(batches, 0));
        if (rows > 20) {
            assertFalse(Arrays.equals(first, second));
        }
        assertEquals((rows + size - 1) / size, batches.perEpoch());
    }

    private static int[] epoch(Batches batches, int epoch) {
        return IntStream.range(0, batches.perEpoch())
                .flatMap(batch -> Arrays.stream(batches.rowsOf(epoch * batches.perEpoch() + batch)))
                .toArray();
    }
}
