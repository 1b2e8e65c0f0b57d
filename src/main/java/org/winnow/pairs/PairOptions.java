package org.winnow.pairs;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.inside;
import static org.winnow.check.Check.positive;

/**
 * How much is screened.
 *
 * @param level of significance, for all gates or all products together
 * @param passes at most; every pass but the first is over what those before it leave unexplained
 * @param products that are listed, at most
 * @param multiplications that a pass over pairs may take, {@code columns^2 rows (targets + 4)}. Where all columns take more,
 *     those that go best with the targets alone are paired, as many as this allows
 * @param columns that are paired, at most
 */
public record PairOptions(double level, int passes, int products, double multiplications, int columns) {
    public PairOptions {
        inside(0, 1, level, "level");
        atLeast(1, passes, "passes");
        atLeast(1, products, "products");
        positive(multiplications, "multiplications");
        atLeast(2, columns, "columns");
    }

    /** The usual: 5 %, a second pass, 1,000 products, some ten seconds of a core, and 10,000 columns. */
    public static PairOptions usual() {
        return new PairOptions(0.05, 2, 1000, 2e11, 10_000);
    }
}
