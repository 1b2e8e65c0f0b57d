package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.winnow.kernel.Permutation;

/** Every row is in one place, and every shard as large as it says. */
class SplitTest {
    @Property(tries = 200)
    void everyRowHasItsPlace(
            @ForAll @IntRange(min = 1, max = 300) int first,
            @ForAll @IntRange(max = 300) int second,
            @ForAll @DoubleRange(max = 0.9) double testFraction,
            @ForAll @IntRange(max = 7) int shards,
            @ForAll long seed) {
        int rows = first + second;
        long train = rows - Math.round(testFraction * rows);
        int wanted = (int) Math.min(shards, train);
        if (train == 0) {
            return;
        }
        Split split = Split.of(Map.of(0, (long) first, 2, (long) second), 3, testFraction, wanted, seed);
        assertEquals(train, split.trainRows());
        Permutation order = split.order();
        Set<Long> places = new HashSet<>();
        long[] trainRows = new long[split.shards()];
        long[] testRows = new long[split.shards()];
        for (int row = 0; row < rows; row++) {
            long number = row < first ? split.number(0, row) : split.number(2, row - first);
            assertEquals(row, number);
            long place = order.apply(number);
            places.add(place);
            (split.isTest(place) ? testRows : trainRows)[split.shard(place)]++;
        }
        assertEquals(rows, places.size());
        for (int shard = 0; shard < split.shards(); shard++) {
            assertEquals(trainRows[shard], split.trainRows(shard));
            assertEquals(testRows[shard], split.testRows(shard));
        }
    }
}
