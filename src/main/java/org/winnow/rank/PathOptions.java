package org.winnow.rank;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.positive;

/**
 * How a forward path is taken.
 *
 * @param members that judge every step, each with its own half of the rows
 * @param prior what shrinks the coefficient of a candidate, in rows: with as many rows of data it is halved
 * @param refitPrior what shrinks the coefficients of the inputs chosen, in rows. Where rows are few, much of the residual
 *     stays, and so does the evidence for features that hang together with those chosen
 * @param steps of the path at most; gates that are not reached are ranked by what they would have gained in the last
 */
public record PathOptions(int members, double prior, double refitPrior, int steps) {
    private static final int MOST_MEMBERS = 50;
    private static final int LEAST_MEMBERS = 4;
    private static final int ROWS_OF_ALL_MEMBERS = 50_000;
    private static final double PRIOR = 20;
    private static final double REFIT_PRIOR = 80;
    /** Of the largest matrix, which has a column for each half and output of every member. */
    private static final long MOST_NUMBERS = 1 << 25;

    private static final int MOST_STEPS = 100;
    private static final int LEAST_STEPS = 10;
    private static final double MULTIPLICATIONS = 5e10;

    public PathOptions {
        atLeast(1, members, "members");
        positive(prior, "prior");
        positive(refitPrior, "refit_prior");
        atLeast(1, steps, "steps");
    }

    /**
     * The usual: 50 members, fewer where rows are many, as halves of many rows hardly differ, or where inputs
     * and classes are so many that memory runs short; and 100 steps, fewer where
     * their products would take more than some seconds.
     */
    public static PathOptions of(Sample sample) {
        int wanted = Math.max(LEAST_MEMBERS, Math.min(MOST_MEMBERS, ROWS_OF_ALL_MEMBERS / sample.rows()));
        long each = 2L * sample.outputs() * Math.max(sample.rows(), sample.width());
        int members = (int) Math.max(1, Math.min(wanted, MOST_NUMBERS / each));
        double step = 2.0 * members * sample.outputs() * sample.rows() * sample.width();
        int steps = (int) Math.max(LEAST_STEPS, Math.min(MOST_STEPS, MULTIPLICATIONS / step));
        return new PathOptions(members, PRIOR, REFIT_PRIOR, steps);
    }

    /** The same for one of several paths that share the members; each has some. */
    public PathOptions forOneOf(int paths) {
        return new PathOptions(Math.max(LEAST_MEMBERS, members / paths), prior, refitPrior, steps);
    }
}
