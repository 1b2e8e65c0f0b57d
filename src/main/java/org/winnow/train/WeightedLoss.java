package org.winnow.train;

import java.util.function.Consumer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.winnow.check.Check;

/**
 * A loss whose rows have weights. DL4J's masks of labels are no weights: its output layers multiply what goes into the
 * activation by them too. It takes the place of a loss in a network that is built, and is never written with it.
 */
final class WeightedLoss implements ILossFunction {
    private static final long serialVersionUID = 1;

    private final ILossFunction loss;
    private final transient INDArray weights;

    private WeightedLoss(ILossFunction loss, INDArray weights) {
        this.loss = loss;
        this.weights = weights;
    }

    /**
     * Gives the rows of the next minibatch their weights, {@code [rows, 1]}; null: all 1.
     *
     * @throws IllegalArgumentException if there are some, and the network's last layer has no loss of its own
     */
    static void weigh(Layer last, @Nullable INDArray weights) {
        if (last.conf().getLayer() instanceof BaseOutputLayer output) {
            weigh(output.getLossFn(), weights, output::setLossFn);
        } else if (last.conf().getLayer() instanceof LossLayer output) {
            weigh(output.getLossFn(), weights, output::setLossFn);
        } else {
            Check.that(weights == null, "weights of rows", "none without an output layer", last);
        }
    }

    private static void weigh(ILossFunction loss, @Nullable INDArray weights, Consumer<ILossFunction> replace) {
        ILossFunction plain = loss instanceof WeightedLoss weighted ? weighted.loss : loss;
        // A network outlives the run that it was built for, and without weights it must compute as if it never had any.
        replace.accept(weights == null ? plain : new WeightedLoss(plain, weights));
    }

    @Override
    public double computeScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        double sum = computeScoreArray(labels, preOutput, activation, mask)
                .sumNumber()
                .doubleValue();
        return average ? sum / labels.size(0) : sum;
    }

    @Override
    public INDArray computeScoreArray(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        INDArray scores = loss.computeScoreArray(labels, preOutput, activation, mask);
        return scores.mul(weights.reshape(scores.shape()));
    }

    @Override
    public INDArray computeGradient(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask) {
        return loss.computeGradient(labels, preOutput, activation, mask).muliColumnVector(weights);
    }

    @Override
    public Pair<Double, INDArray> computeGradientAndScore(
            INDArray labels, INDArray preOutput, IActivation activation, @Nullable INDArray mask, boolean average) {
        return Pair.of(
                computeScore(labels, preOutput, activation, mask, average),
                computeGradient(labels, preOutput, activation, mask));
    }

    @Override
    public String name() {
        return "weighted " + loss.name();
    }
}
