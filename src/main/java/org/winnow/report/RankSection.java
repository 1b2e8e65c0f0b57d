package org.winnow.report;

import java.util.List;
import org.apache.spark.sql.Row;

/**
 * Features by rank, with what each adds to those before it.
 *
 * @param shown how many are shown, the first
 * @param of how many there are
 */
record RankSection(List<Item> items, long shown, long of) {
    private static final int MOST = 60;

    /**
     * A feature.
     *
     * @param lowest and highest rank in other orders that the rows suggest
     * @param gain share of the squared error that it takes away
     * @param std of the gain over halves of the rows
     */
    record Item(String name, int rank, int lowest, int highest, double gain, double std, boolean kept) {}

    /** Those of a trial: rows of the table {@code ranks}. */
    static RankSection of(List<Row> ranks) {
        List<Item> items = ranks.stream()
                .sorted(Cells.byNumber("rank").thenComparing(Cells.byText("name")))
                .limit(MOST)
                .map(row -> new Item(
                        Cells.text(row, "name"),
                        row.<Integer>getAs("rank"),
                        row.<Integer>getAs("rank_lowest"),
                        row.<Integer>getAs("rank_highest"),
                        Cells.known(row, "gain"),
                        Cells.known(row, "gain_std"),
                        Cells.flag(row, "selected")))
                .toList();
        return new RankSection(items, items.size(), ranks.size());
    }
}
