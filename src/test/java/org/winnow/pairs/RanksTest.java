package org.winnow.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Normal;
import org.winnow.train.Head;
import org.winnow.train.Shards;

class RanksTest {
    private static Shard shard(int index, Block block) {
        return new Shard(index, block, new Block(0, block.columns(), new float[0], new float[0]));
    }

    private static Ranks.Counted of(Head head, Shard... shards) {
        double rows = 0;
        for (Shard shard : shards) {
            rows += shard.train().rows();
        }
        return Ranks.of(
                Shards.inThread(List.of(shards)), head, shards[0].train().columns(), rows, Noise.of(1));
    }

    @Test
    void equalValuesShareTheMeanOfTheirRanksOverAllShards() {
        Shard first = shard(0, new Block(3, 1, new float[] {3, -1, 3}, new float[] {0, 1, 0}));
        Shard second = shard(1, new Block(2, 1, new float[] {7, -0f}, new float[] {0, 1}));
        Ranks ranks = of(Head.classes(2), first, second).ranks();
        // In order -1, 0, 3, 3, 7: ranks 1, 2, 3.5, 3.5, 5.
        assertArrayEquals(
                new float[] {0.2f, -0.8f, 0.2f}, ranks.of(first).train().inputs(), 1e-6f);
        assertArrayEquals(new float[] {0.8f, -0.4f}, ranks.of(second).train().inputs(), 1e-6f);
        assertArrayEquals(first.train().targets(), ranks.of(first).train().targets());
    }

    @Test
    void rowsWithoutWeightAreLeftOut() {
        Block block =
                new Block(4, 1, new float[] {5, 100, 6, -100}, new float[] {1, 2, 3, 4}, new float[] {0.5f, 0, 2, 0});
        Block ranked =
                of(Head.number(), shard(0, block)).ranks().of(shard(0, block)).train();
        assertArrayEquals(new float[] {-0.5f, 0.5f}, ranked.inputs(), 1e-6f);
        assertArrayEquals(new float[] {0.5f, 2}, ranked.weights());
        assertArrayEquals(new float[] {-1, 1}, ranked.targets(), 1e-6f, "two normal scores, standardised");
    }

    @Test
    void manyRowsAreRankedByBinsThatAreCountedExactly() {
        int rows = 6000;
        double[] numbers = new double[rows];
        Noise.of(3).normal(numbers, 0);
        float[] inputs = new float[2 * rows];
        for (int row = 0; row < rows; row++) {
            inputs[2 * row] = (float) Math.exp(3 * numbers[row]);
            // Nine of ten are 0.
            inputs[2 * row + 1] = (float) Math.max(0, numbers[row] - 1.2816);
        }
        Block block = new Block(rows, 2, inputs, new float[rows]);
        Ranks.Counted ranked = of(Head.classes(2), shard(0, block));
        Block made = ranked.ranks().of(shard(0, block)).train();
        double[] sums = new double[2];
        for (int row = 0; row < rows; row++) {
            double uniform = 2 * Normal.cdf(numbers[row]) - 1;
            assertEquals(uniform, made.inputs()[2 * row], 0.06);
            sums[0] += made.inputs()[2 * row];
            sums[1] += made.inputs()[2 * row + 1];
        }
        assertEquals(0, sums[0] / rows, 1e-6);
        assertEquals(0, sums[1] / rows, 1e-6);
        assertTrue(ranked.counts()[0].length <= 128 && ranked.counts()[0].length > 100);
        assertEquals(rows, Arrays.stream(ranked.counts()[1]).sum());
    }
}
