package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.winnow.check.UserError;

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
        Split split = Split.of(
                Map.of(0, (long) first, 2, (long) second), new HeldOut(testFraction, new boolean[3]), 0, wanted, seed);
        assertEquals(train, split.trainRows());
        Split.Order order = split.order();
        Set<Long> places = new HashSet<>();
        long[] trainRows = new long[split.shards()];
        long[] testRows = new long[split.shards()];
        for (int row = 0; row < rows; row++) {
            long number = row < first ? split.number(0, row) : split.number(2, row - first);
            assertEquals(row, number);
            long place = order.place(number);
            places.add(place);
            (split.isTest(place) ? testRows : trainRows)[split.shard(place)]++;
        }
        assertEquals(rows, places.size());
        for (int shard = 0; shard < split.shards(); shard++) {
            assertEquals(trainRows[shard], split.trainRows(shard));
            assertEquals(testRows[shard], split.testRows(shard));
        }
    }

    @Property(tries = 50)
    void rowsOfAFileHeldOutAreThoseHeldOut(
            @ForAll @IntRange(min = 1, max = 50) int first,
            @ForAll @IntRange(min = 1, max = 50) int second,
            @ForAll long seed) {
        HeldOut secondFile = new HeldOut(0.5, new boolean[] {false, true});
        Split split = Split.of(Map.of(0, (long) first, 1, (long) second), secondFile, 0, 1, seed);
        assertEquals(first, split.trainRows());
        assertEquals(second, split.testRows());
        Set<Long> places = new HashSet<>();
        for (int row = 0; row < first + second; row++) {
            boolean test = row >= first;
            long place = split.order().place(test ? split.number(1, row - first) : split.number(0, row));
            assertEquals(test, split.isTest(place));
            places.add(place);
        }
        assertEquals(first + second, places.size());
    }

    @Property(tries = 50)
    void asManyRowsAsAskedForAreLearnedFrom(
            @ForAll @IntRange(min = 1, max = 50) int rows,
            @ForAll @IntRange(min = 1, max = 50) int most,
            @ForAll long seed) {
        HeldOut secondFile = new HeldOut(0, new boolean[] {false, true});
        Map<Integer, Long> counts = Map.of(0, (long) rows, 1, 20L);
        if (most > rows) {
            UserError error = assertThrows(UserError.class, () -> Split.of(counts, secondFile, most, 1, seed));
            assertEquals(
                    "data.train_rows must be at most " + rows + ", the rows of " + (rows + 20)
                            + " that are not held out, got " + most,
                    error.getMessage());
            return;
        }
        Split split = Split.of(counts, secondFile, most, 1, seed);
        Split.Order order = split.order();
        assertEquals(most, split.trainRows(0));
        assertEquals(
                most,
                IntStream.range(0, rows)
                        .filter(row -> split.isUsed(order.place(split.number(0, row))))
                        .count());
        assertTrue(IntStream.range(0, 20).allMatch(row -> split.isUsed(order.place(split.number(1, row)))));
    }
}
