package org.winnow.surgery;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What happens to the outputs of a {@link Stage} before the next one, channel by channel.
 *
 * @param activation of the stage
 * @param layers without parameters after it
 */
record Passage(IActivation activation, List<Layer> layers) {
    private static final String ELEMENTWISE = "org.nd4j.linalg.activations.impl";

    static final String KNOWN = "2-dimensional max or mean pooling, activations, dropout and losses";

    Passage {
        layers = List.copyOf(layers);
    }

    /** Whether a layer can be part of one: it answers each channel by itself, and has no parameters. */
    static boolean possible(Layer layer) {
        return layer.getClass() == ActivationLayer.class
                || layer.getClass() == DropoutLayer.class
                || layer.getClass() == LossLayer.class
                || (layer instanceof SubsamplingLayer pooling
                        && (pooling.getPoolingType() == PoolingType.MAX
                                || pooling.getPoolingType() == PoolingType.AVG));
    }

    /** Whether each output becomes what it becomes whatever the others are. */
    boolean separable() {
        return elementwise(activation)
                && layers.stream()
                        .allMatch(layer ->
                                !(layer instanceof ActivationLayer other) || elementwise(other.getActivationFn()));
    }

    /** What a number that is the same for all inputs and positions becomes, if that is the same everywhere too. */
    OptionalDouble constant(double number) {
        if (!separable()) {
            return OptionalDouble.empty();
        }
        double value = apply(activation, number);
        for (Layer layer : layers) {
            if (layer instanceof ActivationLayer other) {
                value = apply(other.getActivationFn(), value);
            } else if (layer instanceof SubsamplingLayer pooling && value != 0 && !seesInsideOnly(pooling)) {
                return OptionalDouble.empty();
            }
        }
        return OptionalDouble.of(value);
    }

    private static boolean elementwise(IActivation activation) {
        return activation.getClass().getPackageName().equals(ELEMENTWISE)
                && !(activation instanceof ActivationSoftmax)
                && activation.numParams(1) == 0;
    }

    private static double apply(IActivation activation, double x) {
        return activation
                .getActivation(Nd4j.scalar(DataType.DOUBLE, x).reshape(1, 1), false)
                .getDouble(0);
    }

    private static boolean seesInsideOnly(SubsamplingLayer pooling) {
        return pooling.getConvolutionMode() != ConvolutionMode.Same
                && Arrays.stream(pooling.getPadding()).allMatch(padding -> padding == 0);
    }
}
