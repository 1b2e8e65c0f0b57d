package org.winnow.rank;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.kernel.ChiSquare;
import org.winnow.kernel.Noise;

/**
 * A path from no gate to many, judged by halves of the rows. Every step opens the gate that lowers the squared error most
 * on rows that did not learn its coefficients, in the mean over members that each learn from another half of the rows:
 * forward regression (Efroymson 1960) in which complementary halves vote on every step as in stability selection (Shah and
 * Samworth 2013, arXiv:1105.5578). A copy of an open gate gains the less the more rows there are, a gate that fits noise
 * loses on the other half, and a gate of many inputs has to earn what all its coefficients cost.
 *
 * <p>For a member with weights {@code u} of the rows it learns from ({@code n} of them), weights {@code v} of the others and
 * residual {@code r}, an input {@code z} has
 *
 * <pre>{@code a = sum u z r,  s = sum u z^2,  b = sum v z r,  t = sum v z^2
 * beta = a / (s + prior / n)
 * gain = 2 beta b - beta^2 t}</pre>
 *
 * which is the error that {@code beta} takes away from the other rows. Gains of a gate's inputs and of outputs add up. All
 * {@code a} and {@code b} of a step are one product of matrices.
 */
public final class ForwardPath {
    /** Every member solves for all inputs that are chosen, at every step. */
    private static final int MOST_INPUTS_CHOSEN = 200;

    private static final int ROWS_AT_ONCE = 512;

    /** A step is believed if noise would do as much with less probability than this. */
    private static final double CHANCE = 0.1;

    private final Sample sample;
    private final int[] copyOf;
    private final List<Member> members;
    private final Candidates candidates;
    private final boolean[] open;
    private final int[] order;
    private final double[] gains;
    private final double[] deviations;
    private final int[] widths;
    private final int steps;

    private ForwardPath(Sample sample, int[] copyOf, PathOptions options, Noise noise) {
        this.sample = sample;
        this.copyOf = copyOf;
        widths = sample.widths();
        long distinct =
                Arrays.stream(copyOf).filter(first -> first == Copies.NONE).count();
        steps = (int) Math.min(options.steps(), distinct);
        double[] weights = sample.balanced();
        double[][] targets = sample.targetsOfOutputs();
        members = Arrays.stream(Halves.of(sample, options.members(), noise))
                .map(half -> new Member(targets, weights, half, options.refitPrior()))
                .toList();
        refit();
        candidates = new Candidates(sample, members, options.prior());
        open = new boolean[widths.length];
        order = new int[widths.length];
        gains = new double[widths.length];
        deviations = new double[widths.length];
    }

    /**
     * The path through the gates of a sample.
     *
     * @param copyOf as {@link Copies} has it: copies are no candidates, and come last
     * @param noise draws the halves
     */
    public static Path of(Sample sample, int[] copyOf, PathOptions options, Noise noise) {
        return new ForwardPath(sample, copyOf, options, noise).take();
    }

    private Path take() {
        double[] errors = new double[steps];
        double[][] errorsOfMembers = new double[steps + 1][];
        errorsOfMembers[0] = errors();
        double before = mean(errorsOfMembers[0]);
        int chosen = 0;
        int step = 0;
        double[][] now = candidates.gains();
        while (step < steps) {
            int best = best(now);
            if (chosen + widths[best] > MOST_INPUTS_CHOSEN) {
                break;
            }
            place(best, step, now, before);
            open[best] = true;
            chooseInputsOf(best);
            chosen += widths[best];
            refit();
            errorsOfMembers[step + 1] = errors();
            errors[step] = before > 0 ? mean(errorsOfMembers[step + 1]) / before : 0;
            step++;
            if (step < order.length) {
                now = candidates.gains();
            }
        }
        int[] rest = ranked(now);
        for (int at = step; at < order.length; at++) {
            place(rest[at - step], at, now, before);
        }
        return new Path(
                order,
                gains,
                deviations,
                Arrays.copyOf(errors, step),
                beyondChance(errors, useful(Arrays.copyOf(errorsOfMembers, step + 1))));
    }

    /**
     * Steps up to the last that took away more than the best of as many gates of noise is likely to: a residual of noise is
     * explained by a gate of d inputs to a share of chi-square(d) / n.
     */
    private int beyondChance(double[] errors, int useful) {
        int outputs = sample.outputs();
        int step = useful;
        while (step > 0) {
            double left = step == 1 ? 1 : errors[step - 2];
            double statistic = left > 0 ? outputs * sample.counted() * gains[step - 1] / left : 0;
            double logP = ChiSquare.logUpper((double) outputs * widths[order[step - 1]], statistic);
            if (logP + StrictMath.log(order.length - step + 1) < StrictMath.log(CHANCE)) {
                return step;
            }
            step--;
        }
        return 0;
    }

    /** The least number of steps whose error is above the least error by at most the deviation of the difference. */
    private static int useful(double[][] errorsOfMembers) {
        int best = 0;
        for (int step = 1; step < errorsOfMembers.length; step++) {
            best = mean(errorsOfMembers[step]) < mean(errorsOfMembers[best]) ? step : best;
        }
        int steps = 0;
        while (steps < best) {
            double[] more = new double[errorsOfMembers[best].length];
            for (int member = 0; member < more.length; member++) {
                more[member] = errorsOfMembers[steps][member] - errorsOfMembers[best][member];
            }
            if (mean(more) <= deviation(more)) {
                return steps;
            }
            steps++;
        }
        return steps;
    }

    private static double mean(double[] numbers) {
        return Arrays.stream(numbers).average().orElse(0);
    }

    private static double deviation(double[] numbers) {
        double mean = mean(numbers);
        double squares = Arrays.stream(numbers)
                .map(number -> (number - mean) * (number - mean))
                .sum();
        return Math.sqrt(squares / Math.max(1, numbers.length - 1));
    }

    /** Gates that are not open, copies last, by their mean gain, then by their index. */
    private int[] ranked(double[]... now) {
        return closed().sorted(bestFirst(now)).mapToInt(gate -> gate).toArray();
    }

    private int best(double[]... now) {
        return closed().min(bestFirst(now)).orElseThrow();
    }

    private Stream<Integer> closed() {
        return IntStream.range(0, order.length).filter(gate -> !open[gate]).boxed();
    }

    private Comparator<Integer> bestFirst(double[]... now) {
        double[] sums = new double[order.length];
        for (double[] ofMember : now) {
            for (int gate = 0; gate < sums.length; gate++) {
                sums[gate] += ofMember[gate];
            }
        }
        return Comparator.comparing((Integer gate) -> copyOf[gate] != Copies.NONE)
                .thenComparingDouble(gate -> -sums[gate]);
    }

    private void place(int gate, int at, double[][] now, double before) {
        double[] ofGate = Arrays.stream(now)
                .mapToDouble(ofMember -> before > 0 ? ofMember[gate] / before : 0)
                .toArray();
        order[at] = gate;
        gains[at] = mean(ofGate);
        deviations[at] = deviation(ofGate);
    }

    private void chooseInputsOf(int gate) {
        for (int input = 0; input < sample.width(); input++) {
            if (sample.gateOfInput()[input] == gate) {
                double[] column = sample.column(input);
                members.forEach(member -> member.choose(column));
            }
        }
    }

    /** Rows by rows, whose inputs stay in a near cache for all members. */
    private void refit() {
        members.forEach(Member::refit);
        for (int from = 0; from < sample.rows(); from += ROWS_AT_ONCE) {
            int to = Math.min(sample.rows(), from + ROWS_AT_ONCE);
            for (Member member : members) {
                member.explain(from, to);
            }
        }
    }

    private double[] errors() {
        return members.stream().mapToDouble(Member::error).toArray();
    }
}
