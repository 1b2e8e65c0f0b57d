package org.winnow.rank;

/**
 * Gates in the order in which they help.
 *
 * @param order every gate, the most helpful first
 * @param gains by place in the order: how much of the squared error on rows of the other halves the step took away, as a
 *     share of the error before the first step; of gates that no step reached what they would have taken in the last
 * @param deviations of the gains over the members
 * @param errors squared error on the other halves after each step, as a share of the error before the first
 * @param useful how many gates explain as much as any number of them, but for the deviation of that over the members, and
 *     but for what gates of noise would explain too; 0 where nothing helps
 */
public record Path(int[] order, double[] gains, double[] deviations, double[] errors, int useful) {}
