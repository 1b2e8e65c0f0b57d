package org.winnow.data;

import java.io.Serializable;
import java.util.Map;
import org.winnow.check.UserError;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/**
 * Which rows are held out, and which shard each row is in: a function of the number of rows and the seed alone. Rows are
 * put in random order; the first ones are held out, the others learned from, and each kind is cut into shards.
 *
 * @param firstRows the number of each part's first row
 * @param rows all of them
 * @param testRows those held out
 * @param shards pieces
 * @param key of the random order
 */
record Split(long[] firstRows, long rows, long testRows, int shards, Noise key) implements Serializable {
    private static final long STREAM = 0x5011;
    private static final int ROWS_OF_A_SHARD = 4000;
    private static final int FEWEST_SHARDS = 2;
    private static final int MOST_SHARDS = 64;

    /**
     * Splits rows.
     *
     * @param counts rows of each part that has any
     * @param shards pieces; 0 chooses by the number of rows
     * @throws UserError if there are fewer training rows than shards
     */
    static Split of(Map<Integer, Long> counts, int parts, double testFraction, int shards, long seed) {
        long[] firstRows = firstRows(counts, parts);
        long rows = firstRows[parts];
        long testRows = Math.round(testFraction * rows);
        long trainRows = rows - testRows;
        int pieces = shards > 0
                ? shards
                : (int) Math.min(
                        trainRows, Math.max(FEWEST_SHARDS, Math.min(MOST_SHARDS, trainRows / ROWS_OF_A_SHARD)));
        if (trainRows < Math.max(1, pieces)) {
            throw new UserError("train.shards must be at most the number of training rows, got " + shards + " for "
                    + trainRows + " of " + rows + " rows (data.test_fraction holds out the others)");
        }
        return new Split(firstRows, rows, testRows, pieces, Noise.of(seed).child(STREAM));
    }

    /** The number of the first row of each part, and of the row after the last. */
    static long[] firstRows(Map<Integer, Long> counts, int parts) {
        long[] firstRows = new long[parts + 1];
        for (int part = 0; part < parts; part++) {
            firstRows[part + 1] = firstRows[part] + counts.getOrDefault(part, 0L);
        }
        return firstRows;
    }

    long trainRows() {
        return rows - testRows;
    }

    /** The random order: the number of a row to its place. Places before {@link #testRows} are held out. */
    Permutation order() {
        return Permutation.of(key, rows);
    }

    /** The number of a row, from 0 over all parts. */
    long number(int part, long row) {
        return firstRows[part] + row;
    }

    boolean isTest(long place) {
        return place < testRows;
    }

    /** The shard of a place. */
    int shard(long place) {
        return (int) (isTest(place) ? place * shards / testRows : (place - testRows) * shards / trainRows());
    }

    /** Training rows in a shard. */
    long trainRows(int shard) {
        return firstOf(shard + 1, trainRows()) - firstOf(shard, trainRows());
    }

    /** Held-out rows in a shard. */
    long testRows(int shard) {
        return firstOf(shard + 1, testRows) - firstOf(shard, testRows);
    }

    private long firstOf(int shard, long count) {
        return (shard * count + shards - 1) / shards;
    }
}
