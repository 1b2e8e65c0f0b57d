package org.winnow.surgery;

import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Takes what has no effect out of a {@link Chain}, until there is nothing more: an output without weights is a constant,
 * which goes into the biases of the next stage; an output that the next stage does not use is silenced, so that what only
 * it used is not used any more either.
 *
 * <p>A constant stays where the next stage would not see the same number everywhere: a convolution or pooling that also
 * sees zeros beyond the border.
 */
final class Shrinking {
    private final Chain chain;

    /** Changes the arrays of a chain. */
    Shrinking(Chain chain) {
        this.chain = chain;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int stage = 0; stage < last(); stage++) {
                changed |= chain.passages().get(stage).separable() && shrink(stage);
            }
        }
    }

    /** The outputs of a stage that remain, at least one; all of the last, and of one whose outputs depend on one another. */
    int[] outputs(int stage) {
        int all = chain.stages().get(stage).outputs();
        boolean free = stage < last() && chain.passages().get(stage).separable();
        return free
                ? some(all, output -> used(stage, output))
                : IntStream.range(0, all).toArray();
    }

    /** The inputs of a stage that remain. */
    int[] inputs(int stage) {
        Stage own = chain.stages().get(stage);
        if (stage == 0) {
            return some(own.inputs(), own::uses);
        }
        return IntStream.of(outputs(stage - 1))
                .flatMap(output -> places(stage - 1, output))
                .toArray();
    }

    private boolean shrink(int stage) {
        Stage own = chain.stages().get(stage);
        boolean changed = false;
        for (int output = 0; output < own.outputs(); output++) {
            if (own.isConstant(output) && used(stage, output)) {
                changed |= fold(stage, output);
            }
            if (!used(stage, output) && !(own.isConstant(output) && own.bias(output) == 0)) {
                own.silence(output);
                changed = true;
            }
        }
        return changed;
    }

    private boolean fold(int stage, int output) {
        Stage next = chain.stages().get(stage + 1);
        double bias = chain.stages().get(stage).bias(output);
        OptionalDouble constant = chain.passages().get(stage).constant(bias);
        if (constant.isEmpty() || (next.padded() && constant.getAsDouble() != 0)) {
            return false;
        }
        places(stage, output).forEach(input -> next.fold(input, constant.getAsDouble()));
        return true;
    }

    private boolean used(int stage, int output) {
        return places(stage, output).anyMatch(chain.stages().get(stage + 1)::uses);
    }

    /** The inputs of the next stage that are made of an output. */
    private IntStream places(int stage, int output) {
        int spread = chain.spread(stage);
        return IntStream.range(output * spread, (output + 1) * spread);
    }

    private int last() {
        return chain.stages().size() - 1;
    }

    private static int[] some(int size, IntPredicate wanted) {
        int[] found = IntStream.range(0, size).filter(wanted).toArray();
        return found.length == 0 ? new int[] {0} : found;
    }
}
