package org.winnow.surgery;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Convolution1D;
import org.deeplearning4j.nn.conf.layers.Convolution1DLayer;
import org.deeplearning4j.nn.conf.layers.Convolution2D;
import org.deeplearning4j.nn.conf.layers.Convolution3D;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.Window;
import org.winnow.sparsifier.Params;

/** Layers of DL4J that are {@code f(x; W) + b} with an operator f of ours. */
final class StockLayers {
    static final String KNOWN = "a SparseLayer, a DenseLayer without layer normalisation, an OutputLayer, or a"
            + " convolution in 1 to 3 dimensions with channels first and as much padding after an axis as before it";

    private static final String WEIGHT = "W";
    private static final String BIAS = "b";
    private static final List<Class<?>> CONVOLUTIONS = List.of(
            ConvolutionLayer.class,
            Convolution1DLayer.class,
            Convolution1D.class,
            Convolution2D.class,
            Convolution3D.class);

    private StockLayers() {}

    /** The operator of a layer, if it is one of these. */
    static Optional<Operator> operator(Layer layer) {
        if (layer instanceof DenseLayer dense && dense.getClass() == DenseLayer.class && !dense.hasLayerNorm()) {
            return Optional.of(new Linear((int) dense.getNIn(), (int) dense.getNOut()));
        }
        if (layer instanceof OutputLayer output && output.getClass() == OutputLayer.class) {
            return Optional.of(new Linear((int) output.getNIn(), (int) output.getNOut()));
        }
        if (layer instanceof ConvolutionLayer convolution && CONVOLUTIONS.contains(layer.getClass())) {
            return convolution(convolution);
        }
        return Optional.empty();
    }

    /** Whether one of these layers has a bias. */
    static boolean hasBias(Layer layer) {
        return layer instanceof DenseLayer dense
                ? dense.hasBias()
                : layer instanceof OutputLayer output ? output.hasBias() : ((ConvolutionLayer) layer).hasBias();
    }

    /** A layer for messages: its kind, and what makes it one that is not known. */
    static String described(Layer layer) {
        String kind = layer.getClass().getSimpleName();
        if (layer instanceof DenseLayer dense && dense.hasLayerNorm()) {
            return kind + " with layer normalisation";
        }
        if (layer instanceof ConvolutionLayer convolution && CONVOLUTIONS.contains(layer.getClass())) {
            return kind
                    + (channelsFirst(convolution)
                            ? " of mode " + convolution.getConvolutionMode()
                            : " with channels last");
        }
        if (layer instanceof BaseLayer base && operator(layer).isPresent()) {
            return kind + " with activation " + base.getActivationFn();
        }
        return kind;
    }

    /** A copy of one of these layers that has a bias. */
    static Layer withBias(Layer layer) {
        Layer copy = layer.clone();
        if (copy instanceof DenseLayer dense) {
            dense.setHasBias(true);
        } else if (copy instanceof OutputLayer output) {
            output.setHasBias(true);
        } else {
            ((ConvolutionLayer) copy).setHasBias(true);
        }
        return copy;
    }

    /** Gives a layer what another has of dropout, weight decay, updaters, gradient normalisation and first values. */
    static void carrySettings(BaseLayer from, BaseLayer to) {
        to.setIDropout(from.getIDropout());
        to.setRegularization(from.getRegularization());
        to.setRegularizationBias(from.getRegularizationBias());
        to.setIUpdater(from.getIUpdater());
        to.setBiasUpdater(from.getBiasUpdater());
        to.setGradientNormalization(from.getGradientNormalization());
        to.setGradientNormalizationThreshold(from.getGradientNormalizationThreshold());
        to.setWeightInitFn(from.getWeightInitFn());
    }

    /**
     * A layer that computes what a layer with an operator does, for other counts of inputs and outputs.
     *
     * @param op linear, or a convolution of one group in two dimensions
     */
    static FeedForwardLayer like(BaseLayer from, Operator op, int inputs, int outputs, boolean bias) {
        FeedForwardLayer layer = op instanceof Convolution convolution
                ? convolution(convolution, bias)
                : from instanceof OutputLayer output
                        ? new OutputLayer.Builder(output.getLossFn())
                                .hasBias(bias)
                                .build()
                        : new DenseLayer.Builder().hasBias(bias).build();
        layer.setNIn(inputs);
        layer.setNOut(outputs);
        layer.setLayerName(from.getLayerName());
        layer.setActivationFn(from.getActivationFn());
        carrySettings(from, layer);
        return layer;
    }

    private static ConvolutionLayer convolution(Convolution op, boolean bias) {
        return new ConvolutionLayer.Builder()
                .kernelSize(each(op, Window::kernel))
                .stride(each(op, Window::stride))
                .padding(each(op, Window::padding))
                .dilation(each(op, Window::dilation))
                .convolutionMode(ConvolutionMode.Truncate)
                .dataFormat(CNN2DFormat.NCHW)
                .hasBias(bias)
                .build();
    }

    private static int[] each(Convolution op, ToIntFunction<Window> what) {
        return op.windows().stream().mapToInt(what).toArray();
    }

    /** Views of the layer's arrays as the operator's weight and bias. */
    static Params params(Operator op, Map<String, INDArray> arrays) {
        Map<String, INDArray> views = new LinkedHashMap<>();
        views.put(Params.WEIGHT, weight(op, arrays.get(WEIGHT)));
        if (arrays.containsKey(BIAS)) {
            INDArray bias = arrays.get(BIAS);
            views.put(Params.BIAS, bias.reshape(bias.length()));
        }
        return new Params(views);
    }

    /** DL4J's arrays are {@code [in, out]} if dense, and those of sequences {@code [kernel, in, out]} whatever they say. */
    private static INDArray weight(Operator op, INDArray weight) {
        long[] shape = op.weightShape();
        if (shape.length == 3) {
            return weight.reshape('c', shape[2], shape[1], shape[0]).permute(2, 1, 0);
        }
        return op instanceof Linear ? weight.transpose() : weight.reshape('c', shape);
    }

    private static Optional<Operator> convolution(ConvolutionLayer layer) {
        if (!channelsFirst(layer)) {
            return Optional.empty();
        }
        int axes = layer instanceof Convolution1DLayer ? 1 : layer.getKernelSize().length;
        List<Optional<Window>> windows =
                IntStream.range(0, axes).mapToObj(axis -> window(layer, axis)).toList();
        return windows.stream().allMatch(Optional::isPresent)
                ? Optional.of(new Convolution(
                        (int) layer.getNIn(),
                        (int) layer.getNOut(),
                        1,
                        windows.stream().map(Optional::orElseThrow).toList()))
                : Optional.empty();
    }

    private static boolean channelsFirst(ConvolutionLayer layer) {
        if (layer instanceof Convolution1DLayer sequence) {
            return sequence.getRnnDataFormat() == RNNFormat.NCW;
        }
        return layer instanceof Convolution3D volume
                ? volume.getDataFormat() == Convolution3D.DataFormat.NCDHW
                : layer.getCnn2dDataFormat() == CNN2DFormat.NCHW;
    }

    /** The window along an axis, unless its padding differs before and after the axis. */
    private static Optional<Window> window(ConvolutionLayer layer, int axis) {
        int kernel = layer.getKernelSize()[axis];
        int stride = layer.getStride()[axis];
        int dilation = layer.getDilation()[axis];
        int padding = layer.getPadding()[axis];
        if (layer.getConvolutionMode() == ConvolutionMode.Same) {
            int total = (kernel - 1) * dilation;
            return stride == 1 && total % 2 == 0
                    ? Optional.of(new Window(kernel, stride, total / 2, dilation))
                    : Optional.empty();
        }
        return Arrays.asList(ConvolutionMode.Strict, ConvolutionMode.Truncate).contains(layer.getConvolutionMode())
                ? Optional.of(new Window(kernel, stride, padding, dilation))
                : Optional.empty();
    }
}
