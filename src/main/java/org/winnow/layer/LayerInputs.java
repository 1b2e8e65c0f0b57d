package org.winnow.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutional3D;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeConvolutionalFlat;
import org.deeplearning4j.nn.conf.inputs.InputType.InputTypeRecurrent;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.operator.Features;
import org.winnow.operator.Operator;

/**
 * Between DL4J's arrays, {@code [batch, features, positions...]} of every rank, and those of operators: a linear map acts
 * at each position, or on all features of all positions if it is as wide as they are together.
 */
final class LayerInputs {
    private LayerInputs() {}

    /** An array with its features where the operator expects them. */
    static INDArray toOperator(Operator op, INDArray array) {
        if (op.input().axis() == Features.Axis.SECOND || array.rank() < 3) {
            return array;
        }
        int[] order = IntStream.range(0, array.rank())
                .map(axis -> axis == 0 ? 0 : axis % (array.rank() - 1) + 1)
                .toArray();
        return array.permute(order);
    }

    /** An array with its features on axis 1: the inverse of {@link #toOperator}. */
    static INDArray fromOperator(Operator op, INDArray array) {
        if (op.input().axis() == Features.Axis.SECOND || array.rank() < 3) {
            return array;
        }
        int[] order = IntStream.range(0, array.rank())
                .map(axis -> axis == 0 ? 0 : axis == 1 ? array.rank() - 1 : axis - 1)
                .toArray();
        return array.permute(order);
    }

    /** DL4J's mask of examples, or of their positions, in a shape that stretches to that of an array. */
    static INDArray stretchMask(INDArray mask, INDArray array) {
        long[] shape = new long[array.rank()];
        Arrays.fill(shape, 1);
        shape[0] = array.size(0);
        if (mask.length() == array.size(0)) {
            return mask.castTo(array.dataType()).reshape(shape);
        }
        Check.that(
                array.rank() == 3 && mask.rank() == 2 && mask.size(1) == array.size(2),
                "mask array",
                "one number for each example or time step of the output " + Arrays.toString(array.shape()),
                "shape " + Arrays.toString(mask.shape()));
        shape[2] = array.size(2);
        return mask.castTo(array.dataType()).reshape(shape);
    }

    /**
     * What comes out of a layer.
     *
     * @throws IllegalArgumentException naming the layer, if its operator cannot take such an input
     */
    static InputType outputOf(Operator op, InputType input, String layer) {
        long[] x = shape(input);
        Check.that(
                x[1] == op.input().width(),
                "input of layer " + layer,
                "of " + op.input().width() + " features",
                input);
        boolean lengthKnown = LongStream.of(x).allMatch(size -> size > 0);
        if (op.input().axis() == Features.Axis.SECOND && lengthKnown) {
            return type(op.outputShape(x));
        }
        x[1] = op.output().width();
        return type(x);
    }

    /** What must come before a layer so that it can take such an input; null for nothing, as DL4J has it. */
    static InputPreProcessor preProcessor(Operator op, InputType input) {
        if (op.input().axis() == Features.Axis.SECOND) {
            return input instanceof InputTypeConvolutionalFlat flat
                    ? new FeedForwardToCnnPreProcessor(flat.getHeight(), flat.getWidth(), flat.getDepth())
                    : null;
        }
        long[] x = shape(input);
        long numbers = LongStream.of(x).reduce(1, Math::multiplyExact);
        boolean sequence = x.length == 3 && x[1] == op.input().width();
        boolean flatten = x.length > 2 && !sequence && numbers == op.input().width();
        return flatten ? new Flatten(LongStream.of(x).skip(1).boxed().toList()) : null;
    }

    /** {@code [1, features, positions...]}, where an unknown length is -1. */
    static long[] shape(InputType input) {
        boolean channelsFirst = switch (input.getType()) {
            case FF, CNNFlat -> true;
            case RNN -> ((InputTypeRecurrent) input).getFormat() == RNNFormat.NCW;
            case CNN -> ((InputTypeConvolutional) input).getFormat() == CNN2DFormat.NCHW;
            case CNN3D -> ((InputTypeConvolutional3D) input).getDataFormat() == Convolution3D.DataFormat.NCDHW;
        };
        Check.that(channelsFirst, "format of an input", "channels first (NCW, NCHW, NCDHW)", input);
        long[] shape = input instanceof InputTypeConvolutionalFlat flat
                ? new long[] {1, flat.getFlattenedSize()}
                : input.getShape(true);
        shape[0] = 1;
        return shape;
    }

    /** The type of arrays {@code [1, features, positions...]}. */
    static InputType type(long... shape) {
        return switch (shape.length) {
            case 2 -> InputType.feedForward(shape[1]);
            case 3 -> InputType.recurrent(shape[1], shape[2], RNNFormat.NCW);
            case 4 -> InputType.convolutional(shape[2], shape[3], shape[1], CNN2DFormat.NCHW);
            case 5 -> InputType.convolutional3D(Convolution3D.DataFormat.NCDHW, shape[2], shape[3], shape[4], shape[1]);
            default -> throw new IllegalArgumentException("rank must be 2 to 5, got " + shape.length);
        };
    }

    /** What a layer holds in memory besides its input: parameters, the updater's state, output and its gradient. */
    static LayerMemoryReport memory(
            Layer layer, InputType input, InputType output, long parameters, long updaterState) {
        return new LayerMemoryReport.Builder(layer.getLayerName(), layer.getClass(), input, output)
                .standardMemory(parameters, updaterState)
                .workingMemory(0, 0, 0, 2 * output.arrayElementsPerExample())
                .cacheMemory(MemoryReport.CACHE_MODE_ALL_ZEROS, MemoryReport.CACHE_MODE_ALL_ZEROS)
                .build();
    }
}
