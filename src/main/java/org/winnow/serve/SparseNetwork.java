package org.winnow.serve;

import java.util.List;
import org.winnow.check.Check;

/**
 * A network whose weights are stored and multiplied only where they are not 0. It takes rows as the network before pruning
 * took them and looks at those of their numbers that matter. Examples are answered in blocks that lie side by side, so that
 * each weight acts on a whole block at once; one thread does it.
 *
 * @param width how many numbers a row has
 * @param inputs which of them the first step takes, in order
 * @param steps one after the other, at least one
 */
public record SparseNetwork(int width, int[] inputs, List<Step> steps) {
    /** Examples of a block: many enough for the loops to be long, few enough for their numbers to stay in a cache. */
    private static final int BLOCK = 128;

    private static final int MOST_NUMBERS = Integer.MAX_VALUE / BLOCK;

    /**
     * A network.
     *
     * @throws IllegalArgumentException if steps do not fit together
     */
    public SparseNetwork {
        steps = List.copyOf(steps);
        Check.that(!steps.isEmpty(), "steps", "at least one", "none");
        Check.that(width >= 1 && width <= MOST_NUMBERS, "width", "in [1, " + MOST_NUMBERS + "]", width);
        Check.that(inputs.length <= MOST_NUMBERS, "inputs", "at most " + MOST_NUMBERS, inputs.length);
        int numbers = inputs.length;
        for (Step step : steps) {
            Check.that(step.inputs() == numbers, "inputs of a step", "as many as there are, " + numbers, step.inputs());
            numbers = step.outputs();
            Check.that(numbers <= MOST_NUMBERS, "outputs of a step", "at most " + MOST_NUMBERS, numbers);
        }
        for (int input : inputs) {
            Check.that(input >= 0 && input < width, "input", "below the width " + width, input);
        }
    }

    /** How many numbers an answer has. */
    public int outputs() {
        return steps.get(steps.size() - 1).outputs();
    }

    /**
     * Answers to rows.
     *
     * @param rows {@code [count, width]} in row-major order
     * @return {@code [count, outputs]} in row-major order
     * @throws IllegalArgumentException if these are no whole rows
     */
    public float[] answer(float[] rows) {
        Check.that(rows.length % width == 0, "rows", "of " + width + " numbers each", rows.length);
        int count = rows.length / width;
        float[] answers = new float[count * outputs()];
        int widest = steps.stream().mapToInt(Step::outputs).reduce(inputs.length, Math::max);
        float[] x = new float[widest * Math.min(count, BLOCK)];
        float[] y = new float[x.length];
        for (int from = 0; from < count; from += BLOCK) {
            int examples = Math.min(BLOCK, count - from);
            gather(rows, from, examples, x);
            for (Step step : steps) {
                step.apply(x, examples, y);
                float[] last = x;
                x = y;
                y = last;
            }
            scatter(x, examples, answers, from);
        }
        return answers;
    }

    /** From rows to numbers of examples side by side; number by number, so that what is written lies side by side. */
    private void gather(float[] rows, int from, int examples, float[] x) {
        for (int i = 0; i < inputs.length; i++) {
            int at = from * width + inputs[i];
            for (int to = i * examples; to < (i + 1) * examples; to++) {
                x[to] = rows[at];
                at += width;
            }
        }
    }

    private void scatter(float[] y, int examples, float[] answers, int from) {
        int outputs = outputs();
        for (int example = 0; example < examples; example++) {
            for (int i = 0; i < outputs; i++) {
                answers[(from + example) * outputs + i] = y[i * examples + example];
            }
        }
    }
}
