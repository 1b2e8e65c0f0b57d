package org.winnow.evidence;

import java.io.Serializable;
import java.util.Arrays;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.train.Shards;

/**
 * The pass over rows that tests are made of: products of what is left of tested columns and what is left of targets. It
 * goes strip by strip, by products of matrices.
 *
 * @param design of all columns
 * @param layout of the sums
 * @param columns of the design that others are regressed on
 * @param nuisance {@code [columns][2 tested]}: what is added to the tested columns, straight and bent
 * @param explained {@code [columns][fits targets]}: what is added to the targets, for each fit
 * @param fitOf the fit that judges each tested input
 * @param partners straight columns of the design that products are made with
 */
record Residuals(
        Design design, Layout layout, int[] columns, double[] nuisance, double[] explained, int[] fitOf, int[] partners)
        implements Shards.Sums {

    /**
     * Where sums are, of weights w, columns a and targets r less what is known of them, and partners x.
     *
     * @param tested inputs
     * @param targets of each row
     * @param partners straight columns
     */
    record Layout(int tested, int targets, int partners) implements Serializable {
        /** Sum of {@code w a^2}, for a straight or a bent column. */
        int squares(int column) {
            return column;
        }

        /** Sum of {@code w^2 a^4}. */
        int fourths(int column) {
            return 2 * tested + column;
        }

        /** Sum of {@code w r^2}. */
        int rests(int input, int target) {
            return 4 * tested + input * targets + target;
        }

        /** Sums of {@code w a r}, {@code w^2 a^2 r^2}, {@code w^2 a^3 r}. */
        int joint(int column, int target) {
            return (4 + targets) * tested + 3 * (column * targets + target);
        }

        /** Sums of {@code w^2 a^2 x^2}, {@code [tested][partners]}. */
        int scales() {
            return (4 + 7 * targets) * tested;
        }

        /** Sums of {@code w a x r}, {@code [tested][partners]}. */
        int products(int target) {
            return scales() + (1 + 2 * target) * tested * partners;
        }

        /** Sums of {@code w^2 a^2 x^2 r^2}, {@code [tested][partners]}. */
        int variances(int target) {
            return products(target) + tested * partners;
        }

        int length() {
            return products(targets);
        }
    }

    @Override
    public double[] of(Shard shard) {
        Block block = shard.train();
        double[] sums = new double[layout.length()];
        Strip strip = new Strip();
        Design.strips(block, from -> strip.add(block, from, Design.strip(block, from), sums));
        return sums;
    }

    /** A number of a row and a tested input. */
    private interface Cell {
        double of(int row, int input);
    }

    /** What is made of a strip of rows. */
    private final class Strip {
        private final int tested = layout.tested();
        private final int targets = layout.targets();
        private final int partnerCount = layout.partners();
        private final int width = explained.length / Math.max(1, columns.length);
        private final int[] both = new int[2 * tested];
        private final double[] known = new double[Design.STRIP * columns.length];
        private final double[] left = new double[Design.STRIP * both.length];
        private final double[] rest = new double[Design.STRIP * width];
        private final double[] partner = new double[Design.STRIP * partnerCount];
        private final double[] product = new double[Design.STRIP * tested];
        private final double[] sum = new double[tested * partnerCount];

        Strip() {
            for (int i = 0; i < tested; i++) {
                both[i] = i;
                both[tested + i] = design.straight() + i;
            }
        }

        void add(Block block, int from, int rows, double[] sums) {
            design.fill(block, from, rows, columns, known);
            design.fill(block, from, rows, both, left);
            Product.add(known, nuisance, left, rows, columns.length, both.length);
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < width; i++) {
                    rest[row * width + i] = design.at(block, from + row, design.firstTarget() + i % targets);
                }
            }
            Product.add(known, explained, rest, rows, columns.length, width);
            for (int row = 0; row < rows; row++) {
                alone(row, Basis.weight(block, from + row), sums);
            }
            design.fill(block, from, rows, partners, partner);
            pairs(block, from, rows, sums);
        }

        private double rest(int row, int input, int target) {
            return rest[row * width + fitOf[input] * targets + target];
        }

        private void alone(int row, double weight, double[] sums) {
            for (int column = 0; column < both.length; column++) {
                double a = left[row * both.length + column];
                double square = weight * a * a;
                sums[layout.squares(column)] += square;
                sums[layout.fourths(column)] += square * square;
                for (int target = 0; target < targets; target++) {
                    double r = rest(row, column % tested, target);
                    int at = layout.joint(column, target);
                    sums[at] += weight * a * r;
                    sums[at + 1] += weight * square * r * r;
                    sums[at + 2] += weight * square * a * r;
                }
            }
            for (int input = 0; input < tested; input++) {
                for (int target = 0; target < targets; target++) {
                    double r = rest(row, input, target);
                    sums[layout.rests(input, target)] += weight * r * r;
                }
            }
        }

        /** Products with every partner, then with its square. */
        private void pairs(Block block, int from, int rows, double[] sums) {
            for (int target = 0; target < targets; target++) {
                int which = target;
                weigh(block, from, rows, (row, input) -> rest(row, input, which));
                multiply(rows, sums, layout.products(target));
            }
            square(partner, rows * partnerCount);
            for (int target = 0; target < targets; target++) {
                int which = target;
                weigh(block, from, rows, (row, input) -> rest(row, input, which));
                square(product, rows * tested);
                multiply(rows, sums, layout.variances(target));
            }
            weigh(block, from, rows, (row, input) -> 1);
            square(product, rows * tested);
            multiply(rows, sums, layout.scales());
        }

        /** What is left of straight columns, times the weight and something else of each row. */
        private void weigh(Block block, int from, int rows, Cell factor) {
            for (int row = 0; row < rows; row++) {
                double weight = Basis.weight(block, from + row);
                for (int input = 0; input < tested; input++) {
                    product[row * tested + input] = weight * left[row * both.length + input] * factor.of(row, input);
                }
            }
        }

        private void multiply(int rows, double[] sums, int at) {
            Arrays.fill(sum, 0);
            Product.addTransposed(product, partner, sum, tested, rows, partnerCount);
            for (int i = 0; i < sum.length; i++) {
                sums[at + i] += sum[i];
            }
        }

        private void square(double[] values, int count) {
            for (int i = 0; i < count; i++) {
                values[i] *= values[i];
            }
        }
    }
}
