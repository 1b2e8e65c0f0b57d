package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

class RoundMeanTest {
    /** More than one block, and an end that is not a whole one. */
    private static final int LENGTH = 5000;

    @Test
    void meansInBlocksAreTheBitsOfThePlainSum() {
        List<ShardResult> results = new ArrayList<>();
        for (int shard = 0; shard < 5; shard++) {
            results.add(new ShardResult(
                    shard,
                    17L * shard,
                    0.1 * shard,
                    Packed.of(values(shard, LENGTH)),
                    Packed.of(values(shard + 100, 2 * LENGTH)),
                    GateStatistics.of(new double[] {shard}),
                    Score.NONE));
        }
        RoundMean fast = RoundMean.of(results);
        RoundMean plain = PartialSum.of(results).mean();
        assertArrayEquals(plain.parameters(), fast.parameters());
        assertArrayEquals(plain.updaterState(), fast.updaterState());
        assertEquals(plain.loss(), fast.loss());
        assertEquals(plain.samples(), fast.samples());
        assertEquals(plain.gates().count(), fast.gates().count());
    }

    private static float[] values(int stream, int length) {
        float[] values = new float[length];
        Noise.of(7).child(stream).normal(values, 0);
        return values;
    }
}
