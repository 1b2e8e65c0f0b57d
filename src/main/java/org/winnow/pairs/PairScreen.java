package org.winnow.pairs;

import java.util.List;
import org.winnow.check.Check;
import org.winnow.evidence.Targets;
import org.winnow.kernel.Noise;
import org.winnow.model.ScreenedInput;
import org.winnow.model.ScreenedProduct;
import org.winnow.train.Head;
import org.winnow.train.Shards;

/**
 * Which of any number of columns go with the target, each alone or in a product with another: marginal tests, so that a
 * feature among thousands of columns of noise needs no model to be seen, and interactions without main effects, such as XOR
 * and rings, are seen too. Rows stay where they are; all that is asked of a shard is sums, most of them products of matrices.
 *
 * <ol>
 *   <li>{@link Ranks}: every column becomes its ranks, a target that is a number its normal scores.
 *   <li>{@link Polynomials}: orthonormal ones of degree 1 to 4 of the ranks.
 *   <li>{@link Unexplained}: the targets, weighted and uncorrelated, less what is explained; at first only their means.
 *   <li>{@link Alone}: every column's polynomials against that, sums of {@code a b_d}.
 *   <li>{@link Partners}: products of degree 1 x 1 and 2 x 2 of all pairs in different gates, sums of {@code a b_i b_j}.
 *   <li>Columns that are sure, and their products, explain the target by a regression, and the last three steps are taken
 *       again against what that leaves: what was hidden behind strong effects comes out.
 * </ol>
 *
 * <p>P-values are those of permutations: a column without effect could as well be in any other order. They hold for one or for
 * all columns together (Bonferroni), whatever the columns' distributions and however they hang together; see {@link Tail}.
 * What is found is associated with the target, not necessarily given all others: a copy of a feature is found too.
 *
 * @param inputs of all columns what was found, in their order
 * @param products the best of both degrees, the best first
 * @param logP of each gate the logarithm of its p-value: the least of its inputs, for as many as it has; 0 of one without
 *     inputs that vary
 * @param order of the gates, the least p-value first, before any is limited to 1; of equals the first
 * @param paired columns that were in pairs; fewer than vary if {@link PairOptions#multiplications()} did not suffice
 * @param passes that were taken
 * @param level of significance
 */
public record PairScreen(
        List<ScreenedInput> inputs,
        List<ScreenedProduct> products,
        double[] logP,
        int[] order,
        int paired,
        int passes,
        double level) {
    /** Fewer rows say nothing. */
    private static final int FEWEST_ROWS = 10;

    /**
     * That of the training rows.
     *
     * @param head what the target is
     * @param gateOfInput of all inputs
     * @param gates how many
     * @param noise draws the rows that say how columns are divided where they are many
     */
    public static PairScreen of(
            Shards shards, Head head, int[] gateOfInput, int gates, PairOptions options, Noise noise) {
        int columns = gateOfInput.length;
        Check.that(columns > 0, "inputs", "at least 1", columns);
        double[] rows = shards.sums(shard -> new double[] {shard.train().rows()});
        Ranks.Counted ranked = Ranks.of(shards, head, columns, rows[0], noise);
        Polynomials polynomials = Polynomials.of(ranked);
        Passes found = new Passes(gateOfInput, gates, options, polynomials);
        if (polynomials.rows() >= FEWEST_ROWS) {
            Ranks ranks = ranked.ranks();
            try (Shards ofRanks = shards.map(ranks::of)) {
                found.take(ofRanks, new Targets(head));
            }
        }
        return found.result();
    }

    /** Whether a gate goes with the target, at the level for all gates together. */
    public boolean significant(int gate) {
        return logP[gate] + StrictMath.log(logP.length) < StrictMath.log(level);
    }

    /** The products that go with the target, at the level for all together, the best first. */
    public List<ScreenedProduct> significantProducts() {
        return products.stream().filter(ScreenedProduct::significant).toList();
    }
}
