package org.winnow.surgery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration.ListBuilder;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.sparsifier.Lasso;

class RandomCompactionTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void randomNetworksWithRandomMasksAnswerAlike(int seed) {
        Draw draw = new Draw(Noise.of(seed));
        boolean images = draw.below(2) == 1;
        MultiLayerNetwork dense = images ? randomImages(draw) : randomPerceptron(draw);
        MultiLayerNetwork sparse = new Conversion(LayerChoice.matching(".*"), new Lasso(), 0)
                .convert(dense)
                .network();
        State masks = randomMasks(sparse, draw);
        MultiLayerNetwork masked = Masks.deploy(sparse, masks).network();
        Compact compact = Compaction.of(masked, draw.one(Compaction.Inputs.values()));
        long width = images ? 98 : dense.layerInputSize(0);
        CompactionTest.same(
                masked,
                compact,
                StockNetworks.normal(seed, CompactionTest.ROWS, width).castTo(DataType.FLOAT));
        assertTrue(compact.network().numParams() <= dense.numParams());
        assertEquals(
                compact.network().numParams(),
                Compaction.of(compact.network(), Compaction.Inputs.ALL)
                        .network()
                        .numParams());
        for (var layer : compact.network().getLayers()) {
            String kind = layer.conf().getLayer().getClass().getName();
            assertTrue(kind.startsWith("org.deeplearning4j."), kind);
        }
    }

    private static MultiLayerNetwork randomPerceptron(Draw draw) {
        ListBuilder list = StockNetworks.settings().dataType(DataType.FLOAT).list();
        int depth = draw.below(4);
        for (int i = 0; i < depth; i++) {
            list.layer(new DenseLayer.Builder()
                    .name("fc" + i)
                    .nOut(1 + draw.below(12))
                    .hasBias(draw.below(4) > 0)
                    .activation(draw.one(Activation.RELU, Activation.SIGMOID, Activation.TANH, Activation.ELU))
                    .build());
        }
        return randomBiases(CompactionTest.made(
                list.layer(StockNetworks.output("out", 3)), InputType.feedForward(1 + draw.below(20))));
    }

    private static MultiLayerNetwork randomImages(Draw draw) {
        ListBuilder list = StockNetworks.settings().dataType(DataType.FLOAT).list();
        int depth = 1 + draw.below(2);
        for (int i = 0; i < depth; i++) {
            list.layer(new ConvolutionLayer.Builder(1 + draw.below(3), 1 + draw.below(3))
                            .name("conv" + i)
                            .nOut(1 + draw.below(5))
                            .padding(draw.below(2), draw.below(2))
                            .activation(draw.one(Activation.RELU, Activation.SIGMOID, Activation.TANH))
                            .build())
                    .layer(new SubsamplingLayer.Builder(draw.one(PoolingType.MAX, PoolingType.AVG))
                            .name("pool" + i)
                            .kernelSize(2, 1 + draw.below(2))
                            .stride(1, 1)
                            .padding(draw.below(2), 0)
                            .build())
                    .layer(new ActivationLayer.Builder()
                            .name("act" + i)
                            .activation(draw.one(Activation.RELU, Activation.SOFTPLUS))
                            .build());
        }
        list.layer(StockNetworks.dense("fc", 1 + draw.below(6))).layer(StockNetworks.output("out", 3));
        return randomBiases(CompactionTest.made(list, InputType.convolutionalFlat(7, 7, 2)));
    }

    private static MultiLayerNetwork randomBiases(MultiLayerNetwork network) {
        network.params().addi(StockNetworks.normal(4, network.params().shape()).mul(0.3));
        return network;
    }

    /** A mask of its own density for each weight, and for some biases; some rows and columns all 0. */
    private static State randomMasks(MultiLayerNetwork network, Draw draw) {
        Map<String, INDArray> masks = new LinkedHashMap<>();
        NetworkLayers.of(network).state().arrays().forEach((name, array) -> {
            if (name.endsWith(".weight") || draw.below(3) == 0) {
                double density = draw.uniform();
                INDArray mask = Elements.map(array, weight -> draw.uniform() < density ? 1 : 0);
                for (int i = 0; i < array.size(0); i++) {
                    if (draw.below(4) == 0) {
                        mask.slice(i).assign(0);
                    }
                }
                masks.put(name, mask);
            }
        });
        return new State(masks);
    }

    /** Draws one after the other. */
    private static final class Draw {
        private final Noise noise;
        private long next;

        Draw(Noise noise) {
            this.noise = noise;
        }

        double uniform() {
            return noise.uniform(next++);
        }

        int below(int bound) {
            return (int) (uniform() * bound);
        }

        @SafeVarargs
        final <T> T one(T... choices) {
            return choices[below(choices.length)];
        }
    }
}
