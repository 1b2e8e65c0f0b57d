package org.winnow.evidence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.stream.IntStream;
import org.winnow.data.Block;
import org.winnow.evidence.Basis.Shape;
import org.winnow.train.Shards;

/**
 * Which of many inputs are tested, and which others are known to the tests. An input that is not tested has a p-value of 1,
 * which is no less than any it could have had, so that leaving it out makes no false features.
 *
 * @param inputs the tested ones, then the others
 * @param tested how many
 */
record Screen(int[] inputs, int tested) {
    /** Up to so many inputs all are tested; columns of this many are correlated at a time. */
    static final int MOST = 512;

    /** Tested columns whose correlations with all inputs are held at a time. */
    private static final int AT_ONCE = 64;

    private static final int ROWS_AT_ONCE = 32;

    /**
     * Those that go best with the targets, straight or bent, alone or beside what already explains them; and those that are
     * most correlated with these.
     *
     * @param gateOfInput of all inputs
     */
    static Screen of(Shards shards, Basis basis, int[] gateOfInput) {
        int all = basis.inputs();
        if (all <= MOST) {
            return new Screen(IntStream.range(0, all).toArray(), all);
        }
        double[] alone = scores(shards, Design.of(basis), new double[0][0]);
        Design first = Design.of(basis, highest(alone, MOST / 2));
        int[] gates = gatesOf(first.inputs(), gateOfInput);
        Explanation explanation = Explanation.of(first, first.correlations(shards), gates);
        int[] explaining = Arrays.stream(explanation.taken())
                .map(column -> first.inputs()[first.place(column)])
                .distinct()
                .toArray();
        double[] beside = scores(shards, Design.of(basis, explaining), spread(first, explaining, explanation));
        for (int input : explaining) {
            beside[input] = Double.POSITIVE_INFINITY;
        }
        int[] tested = highest(beside, MOST / 2);
        int[] inputs = IntStream.concat(
                        Arrays.stream(tested), Arrays.stream(neighbours(shards, basis, tested, MOST - tested.length)))
                .toArray();
        return new Screen(inputs, tested.length);
    }

    /** The gates of some inputs. */
    static int[] gatesOf(int[] inputs, int[] gateOfInput) {
        return Arrays.stream(inputs).map(input -> gateOfInput[input]).toArray();
    }

    /** The coefficients of the first fit for the straight and bent columns of the inputs in it. */
    private static double[][] spread(Design design, int[] inputs, Explanation explanation) {
        Explanation.Fit fit = explanation.fits().get(0);
        double[][] coefficients =
                new double[2 * inputs.length][design.basis().targets().count()];
        for (int i = 0; i < fit.columns().length; i++) {
            int input = design.inputs()[design.place(fit.columns()[i])];
            int at = IntStream.range(0, inputs.length)
                    .filter(place -> inputs[place] == input)
                    .findFirst()
                    .orElseThrow();
            coefficients[fit.columns()[i] < design.straight() ? at : inputs.length + at] = fit.coefficients()[i];
        }
        return coefficients;
    }

    /** The most that a column of each input goes with a target, less what a fit on the design's columns says of it. */
    private static double[] scores(Shards shards, Design design, double[][] fit) {
        double[] sums = shards.sums(shard -> products(shard.train(), design, fit));
        int all = design.basis().inputs();
        double[] scores = new double[all];
        for (int i = 0; i < sums.length; i++) {
            scores[i % all] = Math.max(scores[i % all], Math.abs(sums[i]));
        }
        return scores;
    }

    /** Sums of targets times straight columns, then bent ones: {@code [targets][2][inputs]}. */
    private static double[] products(Block block, Design design, double[][] fit) {
        Basis basis = design.basis();
        int all = basis.inputs();
        double[] sums = new double[basis.targets().count() * 2 * all];
        double[] rest = new double[basis.targets().count()];
        for (int row = 0; row < block.rows(); row++) {
            for (int target = 0; target < rest.length; target++) {
                rest[target] = basis.target(target, block.targets()[row]);
                for (int column = 0; column < fit.length; column++) {
                    rest[target] -= fit[column][target] * design.at(block, row, column);
                }
                rest[target] *= Basis.weight(block, row);
            }
            for (int input = 0; input < all; input++) {
                float value = block.inputs()[row * all + input];
                double straight = basis.of(Shape.STRAIGHT, input, value);
                double bent = basis.of(Shape.BENT, input, value);
                for (int target = 0; target < rest.length; target++) {
                    sums[2 * target * all + input] += rest[target] * straight;
                    sums[(2 * target + 1) * all + input] += rest[target] * bent;
                }
            }
        }
        return sums;
    }

    /** Inputs most correlated with those tested: of each its first, then of each its second, and so on. */
    private static int[] neighbours(Shards shards, Basis basis, int[] tested, int most) {
        boolean[] known = new boolean[basis.inputs()];
        for (int input : tested) {
            known[input] = true;
        }
        int[][] nearest = new int[tested.length][];
        for (int from = 0; from < tested.length; from += AT_ONCE) {
            int[] some = Arrays.copyOfRange(tested, from, Math.min(tested.length, from + AT_ONCE));
            double[] sums = shards.sums(shard -> correlations(shard.train(), basis, some));
            for (int i = 0; i < some.length; i++) {
                double[] of = Arrays.copyOfRange(sums, i * known.length, (i + 1) * known.length);
                for (int input = 0; input < of.length; input++) {
                    of[input] = known[input] ? -1 : Math.abs(of[input]);
                }
                nearest[from + i] = highest(of, Math.min(most, known.length - tested.length));
            }
        }
        LinkedHashSet<Integer> neighbours = new LinkedHashSet<>();
        for (int place = 0; neighbours.size() < most && place < nearest[0].length; place++) {
            for (int[] own : nearest) {
                if (neighbours.size() < most) {
                    neighbours.add(own[place]);
                }
            }
        }
        return neighbours.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sums of products of straight columns, {@code [some][inputs]}. */
    private static double[] correlations(Block block, Basis basis, int[] some) {
        int all = basis.inputs();
        double[] sums = new double[some.length * all];
        double[] straight = new double[ROWS_AT_ONCE * all];
        double[] of = new double[ROWS_AT_ONCE * some.length];
        for (int from = 0; from < block.rows(); from += ROWS_AT_ONCE) {
            int rows = Math.min(ROWS_AT_ONCE, block.rows() - from);
            for (int row = 0; row < rows; row++) {
                for (int input = 0; input < all; input++) {
                    straight[row * all + input] =
                            basis.of(Shape.STRAIGHT, input, block.inputs()[(from + row) * all + input]);
                }
                for (int i = 0; i < some.length; i++) {
                    of[row * some.length + i] = Basis.weight(block, from + row) * straight[row * all + some[i]];
                }
            }
            Product.addTransposed(of, straight, sums, some.length, rows, all);
        }
        return sums;
    }

    /** Places of the highest, the highest first; of equals the first. */
    private static int[] highest(double[] scores, int count) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -scores[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
