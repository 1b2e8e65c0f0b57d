package org.winnow.data;

import java.io.Serializable;
import java.util.Map;
import org.winnow.check.UserError;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/**
 * Which rows are held out, and which shard each row is in: a function of the number of rows and the seed alone. Rows are
 * put in random order; the first ones are held out, the others learned from, and each kind is cut into shards. Rows held
 * out by their file have the first numbers, and are put in order among themselves. Where fewer rows are to be learned from
 * than there are, the last ones are in no shard.
 *
 * @param firstRows the number of each part's first row
 * @param rows all of them
 * @param testRows those held out
 * @param trainRows those learned from
 * @param byFile whether those have the first numbers
 * @param shards pieces
 * @param key of the random order
 */
record Split(long[] firstRows, long rows, long testRows, long trainRows, boolean byFile, int shards, Noise key)
        implements Serializable {
    private static final long STREAM = 0x5011;
    private static final int ROWS_OF_A_SHARD = 4000;
    private static final int FEWEST_SHARDS = 2;
    private static final int MOST_SHARDS = 64;

    /**
     * Splits rows.
     *
     * @param counts rows of each part that has any
     * @param heldOut which of them are held out
     * @param most rows to learn from; 0: all that are not held out
     * @param shards pieces; 0 chooses by the number of rows
     * @throws UserError if there are fewer training rows than shards, or than are asked for
     */
    static Split of(Map<Integer, Long> counts, HeldOut heldOut, long most, int shards, long seed) {
        boolean[] apart = heldOut.parts();
        long rows = counts.values().stream().mapToLong(Long::longValue).sum();
        long testRows = heldOut.byFile() ? rowsOf(counts, apart) : Math.round(heldOut.fraction() * rows);
        long[] firstRows = firstRows(counts, apart);
        long there = rows - testRows;
        if (most > there) {
            throw new UserError("data.train_rows must be at most " + there + ", the rows of " + rows
                    + " that are not held out, got " + most);
        }
        long trainRows = most > 0 ? most : there;
        int pieces = shards > 0
                ? shards
                : (int) Math.min(
                        trainRows, Math.max(FEWEST_SHARDS, Math.min(MOST_SHARDS, trainRows / ROWS_OF_A_SHARD)));
        if (trainRows < Math.max(1, pieces)) {
            throw new UserError("train.shards must be at most the number of training rows, got " + shards + " for "
                    + trainRows + " of " + rows + " rows (data.test_fraction holds out the others)");
        }
        return new Split(
                firstRows,
                rows,
                testRows,
                trainRows,
                heldOut.byFile(),
                pieces,
                Noise.of(seed).child(STREAM));
    }

    private static long rowsOf(Map<Integer, Long> counts, boolean[] parts) {
        return counts.entrySet().stream()
                .filter(part -> parts[part.getKey()])
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** The number of the first row of each part, if those set apart are counted before all others. */
    static long[] firstRows(Map<Integer, Long> counts, boolean[] apart) {
        long[] firstRows = new long[apart.length];
        long next = 0;
        for (boolean now : new boolean[] {true, false}) {
            for (int part = 0; part < apart.length; part++) {
                if (apart[part] == now) {
                    firstRows[part] = next;
                    next += counts.getOrDefault(part, 0L);
                }
            }
        }
        return firstRows;
    }

    /** The random order: the number of a row to its place. Places before {@link #testRows} are held out. */
    Order order() {
        return byFile
                ? new Order(Permutation.of(key, testRows), Permutation.of(key, rows - testRows), testRows)
                : new Order(Permutation.of(key, rows), Permutation.of(key, rows), rows);
    }

    /** An order of the first rows, and one of all others after them. */
    record Order(Permutation first, Permutation others, long firstRows) {
        long place(long number) {
            return number < firstRows ? first.apply(number) : firstRows + others.apply(number - firstRows);
        }
    }

    /** The number of a row, from 0 over all parts. */
    long number(int part, long row) {
        return firstRows[part] + row;
    }

    boolean isUsed(long place) {
        return place < testRows + trainRows;
    }

    boolean isTest(long place) {
        return place < testRows;
    }

    /** The shard of a place. */
    int shard(long place) {
        return (int) (isTest(place) ? place * shards / testRows : (place - testRows) * shards / trainRows);
    }

    /** Training rows in a shard. */
    long trainRows(int shard) {
        return firstOf(shard + 1, trainRows) - firstOf(shard, trainRows);
    }

    /** Held-out rows in a shard. */
    long testRows(int shard) {
        return firstOf(shard + 1, testRows) - firstOf(shard, testRows);
    }

    private long firstOf(int shard, long count) {
        return (shard * count + shards - 1) / shards;
    }
}
