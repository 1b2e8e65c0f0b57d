package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.deeplearning4j.optimize.api.BaseTrainingListener;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.evaluation.classification.Evaluation;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.winnow.SparkTest;
import org.winnow.kernel.Noise;
import org.winnow.layer.SparseLayer;
import org.winnow.operator.Linear;
import org.winnow.sparsifier.Divergence;
import org.winnow.sparsifier.Variational;

class RoundsTrainingMasterTest {
    /** Layers in a row take their steps directly, a graph through DL4J: the same sums in another order. */
    private static final float ROUNDING = 1e-4f;

    private static final int SETS = 23;
    private static final int ROWS = 10;

    private static JavaSparkContext spark() {
        return JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
    }

    /** Data sets of ten rows whose class is the sign of their first feature. */
    private static JavaRDD<DataSet> data(int partitions) {
        List<DataSet> sets = IntStream.range(0, SETS)
                .mapToObj(i -> {
                    float[] drawn = new float[ROWS * 3];
                    Noise.of(i).normal(drawn, 0);
                    INDArray labels = Nd4j.zeros(ROWS, 2);
                    for (int row = 0; row < ROWS; row++) {
                        labels.putScalar(row, drawn[row * 3] > 0 ? 1 : 0, 1);
                    }
                    return new DataSet(Nd4j.create(drawn, new long[] {ROWS, 3}, 'c'), labels);
                })
                .toList();
        return spark().parallelize(sets, partitions);
    }

    private static TrainOptions options(int shards) {
        return OptionsOf.shards(TrainOptions.of(1, 8, 0.01, 3, 1), shards);
    }

    private static NeuralNetConfiguration.Builder builder() {
        return new NeuralNetConfiguration.Builder()
                .seed(5)
                .updater(new Adam(0.01))
                .weightInit(WeightInit.XAVIER);
    }

    private static DenseLayer hidden() {
        return new DenseLayer.Builder()
                .nIn(3)
                .nOut(8)
                .activation(Activation.TANH)
                .build();
    }

    private static OutputLayer output() {
        return new OutputLayer.Builder(LossFunction.MCXENT)
                .nIn(8)
                .nOut(2)
                .activation(Activation.SOFTMAX)
                .build();
    }

    private static SparkDl4jMultiLayer multiLayer(int shards) {
        MultiLayerConfiguration configuration =
                builder().list().layer(hidden()).layer(output()).build();
        return new SparkDl4jMultiLayer(spark(), configuration, new RoundsTrainingMaster(options(shards)));
    }

    @Test
    void aMultiLayerNetworkLearnsAndDl4jEvaluatesIt() {
        SparkDl4jMultiLayer network = multiLayer(3);
        for (int epoch = 0; epoch < 20; epoch++) {
            network.fit(data(2));
        }
        Evaluation evaluation = network.evaluate(data(2));
        assertTrue(evaluation.accuracy() > 0.9, () -> "accuracy " + evaluation.accuracy());
        assertEquals(20, network.getNetwork().getEpochCount());
    }

    @Test
    void theBitsDoNotDependOnPartitions() {
        float[][] parameters = new float[2][];
        for (int run = 0; run < 2; run++) {
            SparkDl4jMultiLayer network = multiLayer(3);
            network.fit(data(1 + 3 * run));
            network.fit(data(1 + 3 * run));
            parameters[run] = network.getNetwork().params().toFloatVector();
        }
        assertArrayEquals(parameters[0], parameters[1]);
    }

    @Test
    void aGraphLearnsWhatTheSameLayersInARowDo() {
        ComputationGraphConfiguration configuration = builder()
                .graphBuilder()
                .addInputs("in")
                .addLayer("hidden", hidden(), "in")
                .addLayer("out", output(), "hidden")
                .setOutputs("out")
                .build();
        SparkComputationGraph graph =
                new SparkComputationGraph(spark(), configuration, new RoundsTrainingMaster(options(2)));
        SparkDl4jMultiLayer network = multiLayer(2);
        graph.getNetwork().setParams(network.getNetwork().params());
        graph.fit(data(2));
        network.fit(data(2));
        assertArrayEquals(
                network.getNetwork().params().toFloatVector(),
                graph.getNetwork().params().toFloatVector(),
                ROUNDING);
    }

    @Test
    void sparseLayersLearnOnShardsToTheSameBits() {
        SparseLayer sparse = new SparseLayer.Builder(new Linear(3, 8), new Variational(Divergence.REAL_VD, -4))
                .regWeight(1e-3)
                .activation(Activation.TANH)
                .build();
        MultiLayerConfiguration configuration =
                builder().list().layer(sparse).layer(output()).build();
        float[][] parameters = new float[2][];
        for (int run = 0; run < 2; run++) {
            SparkDl4jMultiLayer network =
                    new SparkDl4jMultiLayer(spark(), configuration.clone(), new RoundsTrainingMaster(options(3)));
            for (int epoch = 0; epoch < 20; epoch++) {
                network.fit(data(1 + run));
            }
            parameters[run] = network.getNetwork().params().toFloatVector();
            double accuracy = network.evaluate(data(2)).accuracy();
            assertTrue(accuracy > 0.9, () -> "accuracy " + accuracy);
        }
        assertArrayEquals(parameters[0], parameters[1]);
    }

    @Test
    void moreShardsThanDataSetsLeaveSomeEmptyAndListenersHearOfRounds() {
        SparkDl4jMultiLayer network = multiLayer(40);
        List<Double> scores = new ArrayList<>();
        network.setListeners(new BaseTrainingListener() {
            @Override
            public void iterationDone(Model model, int iteration, int epoch) {
                scores.add(model.score());
            }
        });
        network.fit(data(2));
        assertEquals(1, scores.size());
        assertTrue(Double.isFinite(scores.get(0)));
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThrows(IllegalArgumentException.class, () -> new RoundsTrainingMaster(options(0)));
        assertThrows(IllegalArgumentException.class, () -> multiLayer(2).setCollectTrainingStats(true));
    }
}
