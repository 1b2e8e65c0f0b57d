package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.gate.Gaussian;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.layer.GateLayer;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Variational;

class DirectStepTest {
    private static final int ROWS = 7;
    private static final int INPUTS = 36;
    private static final int CLASSES = 3;
    private static final int STEPS = 5;

    @Test
    void stepsAreThoseOfFit() {
        for (Sparsifier method : List.of(new Dense(), new Variational(), new GatedWeights())) {
            sameAsFit(
                    new Adam(0.01),
                    InputType.feedForward(INPUTS),
                    new SparseLayer.Builder(new Linear(INPUTS, 20), method)
                            .regWeight(0.01)
                            .activation(Activation.TANH)
                            .build());
        }
    }

    @Test
    void otherUpdatersHaveTheirStepToo() {
        Layer layer = new SparseLayer.Builder(new Linear(INPUTS, 20), new Dense()).build();
        for (IUpdater updater : List.of(new Sgd(0.1), new Nesterovs(0.1, 0.9))) {
            sameAsFit(updater, InputType.feedForward(INPUTS), layer);
        }
    }

    @Test
    void weightsDecay() {
        for (Sparsifier method : List.of(new Dense(), new GatedWeights())) {
            SparseLayer layer = new SparseLayer.Builder(new Linear(INPUTS, 20), method)
                    .regWeight(0.01)
                    .activation(Activation.TANH)
                    .l2(0.3)
                    .build();
            sameAsFit(new Adam(0.01), InputType.feedForward(INPUTS), layer);
        }
        sameAsFit(
                new Sgd(0.1),
                InputType.feedForward(INPUTS),
                new DenseLayer.Builder().nOut(20).l2(0.3).build());
    }

    @Test
    void gatesInFrontLearnToo() {
        sameAsFit(
                new Adam(0.01),
                InputType.feedForward(INPUTS),
                GateLayer.of(new Gaussian(0.5), INPUTS, new long[] {INPUTS}, new int[0], 0.01, Reduction.SUM));
    }

    @Test
    void layersBetweenAreReshaped() {
        sameAsFit(
                new Adam(0.01),
                InputType.convolutionalFlat(6, 6, 1),
                new SparseLayer.Builder(new Convolution(1, 4, 3, 3), new Dense())
                        .activation(Activation.RELU)
                        .build());
    }

    @Test
    void updatersWithoutAStepAreLeftToFit() {
        Layer layer = new SparseLayer.Builder(new Linear(INPUTS, 20), new Dense()).build();
        assertTrue(DirectStep.of(network(InputType.feedForward(INPUTS), layer, new RmsProp(0.1)))
                .isEmpty());
    }

    private static void sameAsFit(IUpdater updater, InputType type, Layer first) {
        MultiLayerNetwork fitted = network(type, first, updater.clone());
        MultiLayerNetwork stepped = network(type, first, updater.clone());
        stepped.setParams(fitted.params().dup());
        Optional<DirectStep> step = DirectStep.of(stepped);
        assertTrue(step.isPresent(), first.toString());
        INDArray x = Elements.write(normal(ROWS * INPUTS), DataType.FLOAT, ROWS, INPUTS);
        INDArray y = Nd4j.zeros(ROWS, CLASSES);
        for (int row = 0; row < ROWS; row++) {
            y.putScalar(row, row % CLASSES, 1);
        }
        Examples examples = ArrayExamples.of(List.of(new MultiDataSet(x, y)));
        int[] all = IntStream.range(0, ROWS).toArray();
        for (int i = 0; i < STEPS; i++) {
            fitted.fit(x, y);
            assertEquals(fitted.score(), step.get().take(examples, all, i, 0), 1e-4, first.toString());
        }
        close(fitted.params(), stepped.params());
        if (updater.stateSize(1) > 0) {
            close(fitted.getUpdater().getStateViewArray(), stepped.getUpdater().getStateViewArray());
        }
    }

    private static void close(INDArray want, INDArray got) {
        assertEquals(0, want.sub(got).amaxNumber().doubleValue(), 1e-4);
    }

    private static double[] normal(int count) {
        double[] drawn = new double[count];
        Noise.of(3).normal(drawn, 0);
        return drawn;
    }

    private static MultiLayerNetwork network(InputType type, Layer first, IUpdater updater) {
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(updater)
                .list()
                .layer(first.clone())
                .layer(new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(CLASSES)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(type)
                .build();
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init();
        return network;
    }
}
