package org.winnow.sparsifier;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Noise;

/**
 * One forward pass and the backward pass that belongs to it: whether it trains, in which epoch, with what noise, and what
 * forward left for backward. What is kept is outside of any ND4J workspace.
 */
public final class Pass {
    private final boolean training;
    private final int epoch;
    private final Draws draws;
    private final Draws ablations;
    private final Map<String, INDArray> kept = new HashMap<>();

    private Pass(boolean training, int epoch, Draws draws, Draws ablations) {
        this.training = training;
        this.epoch = Check.atLeast(0, epoch, "epoch");
        this.draws = draws;
        this.ablations = ablations;
    }

    /** A pass of training. */
    public static Pass training(int epoch, Draws draws) {
        return training(epoch, draws, draws);
    }

    /** A pass of training whose noise changes from pass to pass, while what ablations draw does not. */
    public static Pass training(int epoch, Draws draws, Draws ablations) {
        return new Pass(true, epoch, draws, ablations);
    }

    /** A pass of inference, without noise. */
    public static Pass inference(int epoch) {
        return inference(epoch, Draws.of(Noise.of(0)));
    }

    /** A pass of inference, without noise but for what ablations put in the place of weights. */
    public static Pass inference(int epoch, Draws ablations) {
        return new Pass(false, epoch, ablations, ablations);
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
        if (!training) {
            throw new IllegalStateException("there is no noise at inference");
        }
        return draws.draw(name, kind, type, shape);
    }

    /** What an ablation uses, in training and at inference. */
    public INDArray drawForAblation(String name, NoiseKind kind, DataType type, long... shape) {
        return ablations.draw(name, kind, type, shape);
    }

    /** Keeps an array for the backward pass; returns it. */
    public INDArray keep(String name, INDArray array) {
        kept.put(name, array.detach());
        return array;
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
