package org.winnow.layer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.Arrays;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer.PoolingType;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.Convolution;

class OwnLayersTest {
    private static final int ROWS = 6;
    private static final int INPUTS = 5;
    private static final int CLASSES = 3;
    private static final int STEPS = 4;

    @Test
    void classifiersLearnTheSameInTheSameVectors() {
        MultiLayerConfiguration stock = network(
                dense(7, true, Activation.RELU),
                dense(4, false, Activation.TANH),
                output(LossFunction.MCXENT, Activation.SOFTMAX));
        learnTheSame(stock);
    }

    @Test
    void soDoRegressions() {
        learnTheSame(network(dense(4, true, Activation.RELU), output(LossFunction.MSE, Activation.IDENTITY)));
    }

    @Test
    void imagesAreLearntTheSame() {
        ConvolutionLayer strided = new ConvolutionLayer.Builder(3, 2)
                .nOut(3)
                .stride(2, 1)
                .padding(1, 0)
                .activation(Activation.RELU)
                .build();
        ConvolutionLayer dilated = new ConvolutionLayer.Builder(2, 2)
                .nOut(4)
                .dilation(1, 2)
                .hasBias(false)
                .activation(Activation.TANH)
                .build();
        SubsamplingLayer pooling = new SubsamplingLayer.Builder(PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(1, 1)
                .build();
        MultiLayerConfiguration stock = network(
                InputType.convolutionalFlat(9, 8, 2),
                strided,
                pooling,
                dilated,
                dense(4, true, Activation.RELU),
                output(LossFunction.MCXENT, Activation.SOFTMAX));
        assertInstanceOf(
                FunctionLayer.class,
                OwnLayers.inPlaceOfStock(stock.clone()).getConf(1).getLayer());
        learnTheSame(stock);
    }

    @Test
    void otherPoolingStaysStock() {
        SubsamplingLayer mean = new SubsamplingLayer.Builder(PoolingType.AVG).build();
        ConvolutionLayer same = new ConvolutionLayer.Builder(3, 3)
                .nOut(2)
                .convolutionMode(ConvolutionMode.Same)
                .build();
        MultiLayerConfiguration own = OwnLayers.inPlaceOfStock(network(
                InputType.convolutionalFlat(9, 8, 2), mean, same, output(LossFunction.MCXENT, Activation.SOFTMAX)));
        assertInstanceOf(SubsamplingLayer.class, own.getConf(0).getLayer());
        assertInstanceOf(ConvolutionLayer.class, own.getConf(1).getLayer());
    }

    @Test
    void biasesKeepTheirUpdater() {
        DenseLayer dense = new DenseLayer.Builder()
                .nOut(4)
                .activation(Activation.RELU)
                .biasUpdater(new Sgd(0.1))
                .build();
        learnTheSame(network(dense, output(LossFunction.MCXENT, Activation.SOFTMAX)));
    }

    @Test
    void weightsDecayAlike() {
        DenseLayer decaying = new DenseLayer.Builder().nOut(4).l2(0.3).build();
        learnTheSame(network(decaying, output(LossFunction.MCXENT, Activation.SOFTMAX)));
    }

    @Test
    void whatOursDoNotHaveStaysStock() {
        DenseLayer decaying = new DenseLayer.Builder().nOut(4).l1(0.1).build();
        DenseLayer dropping = new DenseLayer.Builder().nOut(4).dropOut(0.5).build();
        DenseLayer normal = new DenseLayer.Builder().nOut(4).hasLayerNorm(true).build();
        MultiLayerConfiguration own = OwnLayers.inPlaceOfStock(
                network(decaying, dropping, normal, output(LossFunction.MCXENT, Activation.SOFTMAX)));
        for (int layer = 0; layer < 3; layer++) {
            assertInstanceOf(DenseLayer.class, own.getConf(layer).getLayer());
        }
        assertInstanceOf(SparseLayer.class, own.getConf(3).getLayer());
    }

    private static void learnTheSame(MultiLayerConfiguration configuration) {
        MultiLayerNetwork stock = new MultiLayerNetwork(configuration.clone());
        stock.init();
        MultiLayerNetwork own = new MultiLayerNetwork(OwnLayers.inPlaceOfStock(configuration));
        own.init();
        own.setParams(stock.params().dup());
        assertInstanceOf(SparseLayer.class, own.getLayer(0).conf().getLayer());
        INDArray x = inputs(
                configuration.getConf(0).getLayer() instanceof SparseLayer first
                                && first.operator() instanceof Convolution
                        ? 9 * 8 * 2
                        : INPUTS);
        close(stock.output(x), own.output(x));
        INDArray y = Nd4j.zeros(ROWS, CLASSES);
        for (int row = 0; row < ROWS; row++) {
            y.putScalar(row, row % CLASSES, 1);
        }
        for (int step = 0; step < STEPS; step++) {
            stock.fit(x, y);
            own.fit(x, y);
            assertEquals(stock.score(), own.score(), 1e-5);
        }
        close(stock.params(), own.params());
        close(stock.getUpdater().getStateViewArray(), own.getUpdater().getStateViewArray());
    }

    private static INDArray inputs(int width) {
        double[] drawn = new double[ROWS * width];
        Noise.of(1).normal(drawn, 0);
        return Elements.write(drawn, DataType.FLOAT, ROWS, width);
    }

    private static void close(INDArray want, INDArray got) {
        assertEquals(want.length(), got.length());
        assertEquals(0, want.sub(got).amaxNumber().doubleValue(), 1e-5);
    }

    private static DenseLayer dense(int units, boolean bias, Activation activation) {
        return new DenseLayer.Builder()
                .nOut(units)
                .hasBias(bias)
                .activation(activation)
                .build();
    }

    private static OutputLayer output(LossFunction loss, Activation activation) {
        return new OutputLayer.Builder(loss)
                .nOut(CLASSES)
                .activation(activation)
                .build();
    }

    private static MultiLayerConfiguration network(Layer... layers) {
        return network(InputType.feedForward(INPUTS), layers);
    }

    private static MultiLayerConfiguration network(InputType inputs, Layer... layers) {
        NeuralNetConfiguration.ListBuilder list = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .list();
        Arrays.stream(layers).forEach(list::layer);
        return list.setInputType(inputs).build();
    }
}
