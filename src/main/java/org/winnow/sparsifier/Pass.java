package org.winnow.sparsifier;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Noise;
import org.winnow.operator.MaskedProduct;
import org.winnow.operator.Operator;

/**
 * One forward pass and the backward pass that belongs to it: whether it trains, in which epoch, with what noise, and what
 * forward left for backward.
 */
public final class Pass {
    private final boolean training;
    private final int epoch;
    private final Draws draws;
    private final Draws ablations;
    private final UnaryOperator<INDArray> keeper;
    private final boolean inputGradientNeeded;
    private final Map<String, INDArray> kept = new HashMap<>();
    private @Nullable MaskedProduct product;

    private Pass(
            boolean training,
            int epoch,
            Draws draws,
            Draws ablations,
            UnaryOperator<INDArray> keeper,
            boolean inputGradientNeeded) {
        this.training = training;
        this.epoch = Check.atLeast(0, epoch, "epoch");
        this.draws = draws;
        this.ablations = ablations;
        this.keeper = keeper;
        this.inputGradientNeeded = inputGradientNeeded;
    }

    /** A pass of training. */
    public static Pass training(int epoch, Draws draws) {
        return training(epoch, draws, draws);
    }

    /** A pass of training whose noise changes from pass to pass, while what ablations draw does not. */
    public static Pass training(int epoch, Draws draws, Draws ablations) {
        return new Pass(true, epoch, draws, ablations, INDArray::detach, true);
    }

    /** A pass of inference, without noise. */
    public static Pass inference(int epoch) {
        return inference(epoch, Draws.of(Noise.of(0)));
    }

    /** A pass of inference, without noise but for what ablations put in the place of weights. */
    public static Pass inference(int epoch, Draws ablations) {
        return new Pass(false, epoch, ablations, ablations, INDArray::detach, true);
    }

    /** The same, not begun, with another way to keep an array until backward: unless said, outside of workspaces. */
    public Pass keptBy(UnaryOperator<INDArray> other) {
        return new Pass(training, epoch, draws, ablations, other, inputGradientNeeded);
    }

    /** The same, not begun, for a layer whose input learns nothing: backward gives an empty array for {@code dL/dx}. */
    public Pass withoutInputGradient() {
        return new Pass(training, epoch, draws, ablations, keeper, false);
    }

    /** Whether backward must say {@code dL/dx}. */
    public boolean inputGradientNeeded() {
        return inputGradientNeeded;
    }

    /** {@link Operator#inputGradient}, or an empty array where none is needed. */
    public INDArray inputGradient(Operator op, INDArray x, INDArray w, INDArray dy) {
        return inputGradientNeeded ? op.inputGradient(x, w, dy) : Nd4j.empty(x.dataType());
    }

    public boolean training() {
        return training;
    }

    /** How many epochs are over. */
    public int epoch() {
        return epoch;
    }

    /**
     * The noise of a name.
     *
     * @throws IllegalStateException at inference
     */
    public INDArray draw(String name, NoiseKind kind, DataType type, long... shape) {
        return drawsOfTraining().draw(name, kind, type, shape);
    }

    /**
     * The noise of a name, for a walk that needs it once.
     *
     * @throws IllegalStateException at inference
     */
    public Draws.Drawing drawing(String name, NoiseKind kind, DataType type, long... shape) {
        return drawsOfTraining().drawing(name, kind, type, shape);
    }

    private Draws drawsOfTraining() {
        if (!training) {
            throw new IllegalStateException("there is no noise at inference");
        }
        return draws;
    }

    /** What an ablation uses, in training and at inference. */
    public INDArray drawForAblation(String name, NoiseKind kind, DataType type, long... shape) {
        return ablations.draw(name, kind, type, shape);
    }

    /** Keeps an array for the backward pass; returns it. */
    public INDArray keep(String name, INDArray array) {
        kept.put(name, keeper.apply(array));
        return array;
    }

    /** Keeps a product for the backward pass; returns it. */
    MaskedProduct keep(MaskedProduct ofForward) {
        product = ofForward;
        return ofForward;
    }

    /** The product that was kept. */
    Optional<MaskedProduct> product() {
        return Optional.ofNullable(product);
    }

    /** Whether something was kept. */
    public boolean has(String name) {
        return kept.containsKey(name);
    }

    /**
     * What was kept.
     *
     * @throws IllegalStateException if nothing was, as when backward comes before forward
     */
    public INDArray kept(String name) {
        INDArray array = kept.get(name);
        if (array == null) {
            throw new IllegalStateException("backward needs a forward pass before it");
        }
        return array;
    }
}
