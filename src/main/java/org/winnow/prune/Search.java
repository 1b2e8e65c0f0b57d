package org.winnow.prune;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Bisection for the densest network that is sparse enough, or the sparsest that is good enough. It goes by shares of the
 * way from what keeps most (0) to what keeps least (1).
 *
 * @param target what is wanted
 * @param tries how many
 */
record Search(Target target, int tries) {
    /** What a try came to: which share of weights is dropped, and how much worse than the dense network it is. */
    interface Tried {
        double sparsity();

        double metricDrop();
    }

    /**
     * What is wanted.
     *
     * @param sparsity at least; or 0
     * @param metricDrop at most, where no sparsity is wanted
     */
    record Target(double sparsity, double metricDrop) {
        boolean isMetBy(Tried tried) {
            return sparsity > 0 ? tried.sparsity() >= sparsity : tried.metricDrop() <= metricDrop;
        }

        /** A sparsity is met by what is sparser, a metric by what is denser. */
        private boolean wantsSparser(Tried tried) {
            return isMetBy(tried) != sparsity > 0;
        }

        /** The best first: those that meet it, and of them the densest or the sparsest; of others the nearest. */
        private Comparator<Tried> order() {
            Comparator<Tried> met = Comparator.comparing(tried -> !isMetBy(tried));
            return met.thenComparingDouble(tried -> {
                double ofSparsity = sparsity > 0 ? tried.sparsity() : tried.metricDrop();
                return isMetBy(tried) == sparsity > 0 ? ofSparsity : -tried.sparsity();
            });
        }
    }

    /**
     * The best of all tries.
     *
     * @param attempt makes a network at a share of the way
     */
    <T extends Tried> T run(DoubleFunction<T> attempt) {
        List<T> tried = new ArrayList<>();
        double dense = 0;
        double sparse = 1;
        for (int i = 0; i < tries; i++) {
            double middle = (dense + sparse) / 2;
            T now = attempt.apply(middle);
            tried.add(now);
            if (target.wantsSparser(now)) {
                dense = middle;
            } else {
                sparse = middle;
            }
        }
        return tried.stream().min(target.order()).orElseThrow();
    }
}
