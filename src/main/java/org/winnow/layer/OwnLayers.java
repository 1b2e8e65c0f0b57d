package org.winnow.layer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;
import org.winnow.activation.MaxPooling;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Window;
import org.winnow.sparsifier.Dense;

/**
 * DL4J's dense, convolution, pooling and output layers by our own, which train them faster. Parameters and the updater's
 * state are the same vectors: a stock dense weight is {@code [in, out]} with its first axis fastest, which is ours of
 * {@code [out, in]} in row-major order, and its bias comes after it as ours does; that of a convolution comes before.
 */
public final class OwnLayers {
    private OwnLayers() {}

    /** A network of which every stock layer that one of ours can stand for is replaced; changes the configuration given. */
    public static MultiLayerConfiguration inPlaceOfStock(MultiLayerConfiguration network) {
        List<NeuralNetConfiguration> own = new ArrayList<>();
        for (NeuralNetConfiguration stock : network.getConfs()) {
            Layer layer = stock.getLayer();
            if (layer instanceof FeedForwardLayer dense && standsFor(dense)) {
                own.add(with(stock, linear(dense)));
                if (dense instanceof OutputLayer output) {
                    own.add(with(stock.clone(), loss(output)));
                }
            } else if (layer instanceof ConvolutionLayer convolution && standsFor(convolution)) {
                own.add(with(stock, convolution(convolution)));
            } else if (layer instanceof SubsamplingLayer pooling && standsFor(pooling, stock.getDataType())) {
                own.add(with(stock, pooling(pooling)));
            } else {
                own.add(stock);
            }
        }
        network.setConfs(own);
        return network;
    }

    /**
     * Whether a layer has nothing of what DL4J adds to gradients and steps, normalisation, noise and constraints, but decay
     * of weights.
     */
    public static boolean isPlain(BaseLayer layer) {
        GradientNormalization normalization = layer.getGradientNormalization();
        return (normalization == null || normalization == GradientNormalization.None)
                && decayAtMost(layer.getRegularization())
                && none(layer.getRegularizationBias())
                && none(layer.getConstraints())
                && layer.getWeightNoise() == null;
    }

    /** Whether a loss is that of {@link org.winnow.kernel.SoftmaxCrossEntropy}, all classes of the same weight. */
    public static boolean isSoftmaxCrossEntropy(LossLayer layer) {
        return layer.getLossFn() instanceof LossMCXENT loss
                && loss.getClass() == LossMCXENT.class
                && loss.getWeights() == null
                && layer.getActivationFn() instanceof ActivationSoftmax;
    }

    private static boolean decayAtMost(List<Regularization> extras) {
        return extras == null || extras.stream().allMatch(L2Regularization.class::isInstance);
    }

    private static boolean none(List<?> extras) {
        return extras == null || extras.isEmpty();
    }

    private static boolean standsFor(FeedForwardLayer layer) {
        boolean known = layer.getClass() == OutputLayer.class
                || (layer instanceof DenseLayer dense && dense.getClass() == DenseLayer.class && !dense.hasLayerNorm());
        return known && isPlain(layer) && layer.getIDropout() == null;
    }

    private static boolean standsFor(ConvolutionLayer layer) {
        return layer.getClass() == ConvolutionLayer.class
                && layer.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && layer.getConvolutionMode() != ConvolutionMode.Same
                && layer.getConvolutionMode() != ConvolutionMode.Causal
                && isPlain(layer)
                && layer.getIDropout() == null;
    }

    private static boolean standsFor(SubsamplingLayer layer, DataType type) {
        return layer.getClass() == SubsamplingLayer.class
                && type == DataType.FLOAT
                && layer.getPoolingType() == PoolingType.MAX
                && layer.getCnn2dDataFormat() == CNN2DFormat.NCHW
                && layer.getConvolutionMode() != ConvolutionMode.Same
                && layer.getConvolutionMode() != ConvolutionMode.Causal
                && Arrays.equals(layer.getPadding(), new int[2])
                && Arrays.equals(layer.getDilation(), new int[] {1, 1})
                && layer.getKernelSize()[0] == layer.getKernelSize()[1]
                && layer.getStride()[0] == layer.getStride()[1]
                && layer.getIDropout() == null;
    }

    private static NeuralNetConfiguration with(NeuralNetConfiguration conf, Layer layer) {
        conf.setLayer(layer);
        conf.clearVariables();
        return conf;
    }

    private static SparseLayer linear(FeedForwardLayer stock) {
        OutputLayer output = stock instanceof OutputLayer o ? o : null;
        Linear map = new Linear(Math.toIntExact(stock.getNIn()), Math.toIntExact(stock.getNOut()));
        SparseLayer own = new SparseLayer.Builder(map, new Dense())
                .bias(output == null ? ((DenseLayer) stock).hasBias() : output.hasBias())
                .name(stock.getLayerName())
                .build();
        own.setActivationFn(output == null ? stock.getActivationFn() : new ActivationIdentity());
        return learningAs(stock, own);
    }

    private static SparseLayer convolution(ConvolutionLayer stock) {
        List<Window> windows = IntStream.range(0, stock.getKernelSize().length)
                .mapToObj(axis -> new Window(
                        stock.getKernelSize()[axis],
                        stock.getStride()[axis],
                        stock.getPadding()[axis],
                        stock.getDilation()[axis]))
                .toList();
        Convolution map =
                new Convolution(Math.toIntExact(stock.getNIn()), Math.toIntExact(stock.getNOut()), 1, windows);
        SparseLayer own = new SparseLayer.Builder(map, new Dense())
                .bias(stock.hasBias())
                .name(stock.getLayerName())
                .build()
                .withBiasFirst();
        own.setActivationFn(stock.getActivationFn());
        return learningAs(stock, own);
    }

    private static SparseLayer learningAs(BaseLayer stock, SparseLayer own) {
        own.setIUpdater(stock.getIUpdater());
        own.setBiasUpdater(stock.getBiasUpdater());
        own.setRegularization(stock.getRegularization());
        return own;
    }

    private static FunctionLayer pooling(SubsamplingLayer stock) {
        FunctionLayer own = new FunctionLayer(new MaxPooling(stock.getKernelSize()[0], stock.getStride()[0]));
        own.setLayerName(stock.getLayerName());
        return own;
    }

    private static LossLayer loss(OutputLayer output) {
        LossLayer loss = new LossLayer.Builder(output.getLossFn()).build();
        loss.setActivationFn(output.getActivationFn());
        return loss;
    }
}
