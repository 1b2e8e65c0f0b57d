package org.winnow.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Early stopping of trainings that others dominate. Trainings are numbered, and one is compared with those before it
 * alone, as if they reached a rung one after the other in that order. So decisions do not depend on who was faster, and
 * a training waits only for slower ones before it: nobody waits for all.
 *
 * <p>Trials are ranked by how many dominate them in held-out metric and sparsity (Fonseca and Fleming 1993); where
 * sparsity is the same, that is their rank by metric.
 */
public final class Stopping {
    /** When a training goes on. */
    public enum Rule {
        NONE,
        /**
         * If it is among the first of {@code reduction} that reached the rung: asynchronous successive halving (Li et
         * al. 2018, arXiv:1810.05934), with the order of arrival fixed.
         */
        ASHA,
        /** If at most half of those before it dominate it: the median rule (Golovin et al. 2017, Google Vizier). */
        MEDIAN;

        boolean goesOn(Rung rung, List<Rung> before, int reduction) {
            long dominating =
                    before.stream().filter(other -> other.dominates(rung)).count();
            return switch (this) {
                case NONE -> true;
                case ASHA -> dominating * reduction < before.size() + 1;
                case MEDIAN -> dominating * 2 <= before.size();
            };
        }
    }

    /** A decision about a training at a rung. */
    record Decision(int training, boolean goesOn) {}

    /** A rung: who has reached it, who never will, and up to whom decisions are taken. */
    private static final class Comparison {
        private final TreeMap<Integer, Optional<Rung>> known = new TreeMap<>();
        private final List<Rung> before = new ArrayList<>();
        private int decided;
    }

    private final Rule rule;
    private final int reduction;
    private final List<Comparison> comparisons = new ArrayList<>();

    Stopping(Rule rule, int rungs, int reduction) {
        this.rule = rule;
        this.reduction = reduction;
        for (int rung = 0; rung < (rule == Rule.NONE ? 0 : rungs); rung++) {
            comparisons.add(new Comparison());
        }
    }

    int rungs() {
        return comparisons.size();
    }

    /** Share of all rounds at which a training pauses on its way to a rung; 1 after the last. */
    double until(int rung) {
        return rung < rungs() ? Math.pow(reduction, rung - rungs()) : 1;
    }

    /** Notes that a training has reached a rung; returns what can be decided now. */
    List<Decision> reached(int training, int rung, Rung standing) {
        comparisons.get(rung).known.put(training, Optional.of(standing));
        return decide(rung);
    }

    /** Notes that a training is over, having stood so at the rungs it reached; returns what can be decided now. */
    List<Decision> over(int training, List<Rung> standings) {
        List<Decision> decisions = new ArrayList<>();
        for (int rung = 0; rung < rungs(); rung++) {
            Optional<Rung> standing = rung < standings.size() ? Optional.of(standings.get(rung)) : Optional.empty();
            if (training >= comparisons.get(rung).decided) {
                comparisons.get(rung).known.putIfAbsent(training, standing);
            }
            decisions.addAll(decide(rung));
        }
        return decisions;
    }

    private List<Decision> decide(int rung) {
        Comparison at = comparisons.get(rung);
        List<Decision> decisions = new ArrayList<>();
        for (Optional<Rung> next = at.known.get(at.decided); next != null; next = at.known.get(at.decided)) {
            int training = at.decided;
            next.ifPresent(standing -> {
                decisions.add(new Decision(training, rule.goesOn(standing, at.before, reduction)));
                at.before.add(standing);
            });
            at.known.remove(training);
            at.decided++;
        }
        return decisions;
    }
}
