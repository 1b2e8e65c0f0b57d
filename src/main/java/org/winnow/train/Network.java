package org.winnow.train;

import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.Model;
import org.deeplearning4j.nn.api.NeuralNetwork;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;
import org.winnow.layer.Gated;
import org.winnow.layer.OwnLayers;

/** A DL4J network of either kind, as rounds see it: flat state in, steps, flat state out. */
final class Network {
    private final Model model;
    private final Optional<DirectStep> direct;

    private Network(Model model, Optional<DirectStep> direct) {
        this.model = model;
        this.direct = direct;
    }

    /** Builds the network of a configuration as it is; a graph's has vertices. */
    static Network of(String configuration) {
        return of(configuration, layers -> layers);
    }

    /** Builds the network of a configuration by our own layers where they do what stock ones would. */
    static Network ofOwnLayers(String configuration) {
        return of(configuration, OwnLayers::inPlaceOfStock);
    }

    private static Network of(String configuration, UnaryOperator<MultiLayerConfiguration> layers) {
        if (configuration.contains("\"vertices\"")) {
            ComputationGraph graph = new ComputationGraph(ComputationGraphConfiguration.fromJson(configuration));
            graph.init();
            return new Network(graph, Optional.empty());
        }
        MultiLayerNetwork network =
                new MultiLayerNetwork(layers.apply(MultiLayerConfiguration.fromJson(configuration)));
        network.init();
        return new Network(network, DirectStep.of(network));
    }

    /** A network of either kind, initialised. */
    static Network of(Model network) {
        Check.that(
                network instanceof MultiLayerNetwork || network instanceof ComputationGraph,
                "network",
                "a MultiLayerNetwork or a ComputationGraph",
                network.getClass().getName());
        return new Network(network, Optional.empty());
    }

    /** As JSON. */
    String configuration() {
        return model instanceof MultiLayerNetwork network
                ? network.getLayerWiseConfigurations().toJson()
                : graph().getConfiguration().toJson();
    }

    /** Steps that the updater has taken. */
    int iteration() {
        return model instanceof MultiLayerNetwork network
                ? network.getLayerWiseConfigurations().getIterationCount()
                : graph().getConfiguration().getIterationCount();
    }

    /** Epochs that are over. */
    int epoch() {
        return model instanceof MultiLayerNetwork network
                ? network.getLayerWiseConfigurations().getEpochCount()
                : graph().getConfiguration().getEpochCount();
    }

    private void counts(int iteration, int epoch) {
        if (model instanceof MultiLayerNetwork network) {
            network.getLayerWiseConfigurations().setIterationCount(iteration);
            network.getLayerWiseConfigurations().setEpochCount(epoch);
        } else {
            graph().getConfiguration().setIterationCount(iteration);
            graph().getConfiguration().setEpochCount(epoch);
        }
    }

    /** Notes a round that was taken elsewhere, and tells those who listen. */
    void roundDone(int iteration, double loss, Collection<TrainingListener> listeners) {
        counts(iteration, epoch());
        if (model instanceof MultiLayerNetwork network) {
            network.setScore(loss);
        } else {
            graph().setScore(loss);
        }
        listeners.forEach(listener -> listener.iterationDone(model, iteration, epoch()));
    }

    private ComputationGraph graph() {
        return (ComputationGraph) model;
    }

    private INDArray updaterView() {
        return model instanceof MultiLayerNetwork network
                ? network.getUpdater().getStateViewArray()
                : graph().getUpdater().getStateViewArray();
    }

    Layer[] layers() {
        return model instanceof MultiLayerNetwork network ? network.getLayers() : graph().getLayers();
    }

    /** Of all layers with gates, one after the other. */
    double[] rawGateValues() {
        return Arrays.stream(layers())
                .filter(Gated.class::isInstance)
                .flatMapToDouble(layer -> Arrays.stream(((Gated) layer).rawGateValues()))
                .toArray();
    }

    /** Gives the network to a master of DL4J's; what comes back trains an epoch on data sets, and answers with the loss. */
    ToDoubleFunction<JavaRDD<DataSet>> under(TrainingMaster<?, ?> master, JavaSparkContext spark) {
        if (model instanceof MultiLayerNetwork network) {
            SparkDl4jMultiLayer trained = new SparkDl4jMultiLayer(spark, network, master);
            return data -> {
                trained.fit(data);
                return trained.getScore();
            };
        }
        SparkComputationGraph trained = new SparkComputationGraph(spark, graph(), master);
        return data -> {
            trained.fit(data);
            return trained.getScore();
        };
    }

    void parameters(Packed values) {
        write(values, model.params());
    }

    Packed parameters() {
        return read(model.params());
    }

    /** Sets the updater's state; empty: as before the first step. */
    void updaterState(Packed values) {
        if (values.length() == 0) {
            updaterView().assign(0);
        } else {
            write(values, updaterView());
        }
    }

    Packed updaterState() {
        return read(updaterView());
    }

    /**
     * Takes a step on the rows chosen, as the so-manieth of an epoch; returns the mean loss of the minibatch, penalty
     * included.
     */
    double step(Examples examples, int[] chosen, int iteration, int epoch) {
        Layer[] layers = layers();
        WeightedLoss.weigh(layers[layers.length - 1], examples.weights(chosen));
        if (direct.isPresent()) {
            return direct.get().take(examples, chosen, iteration, epoch);
        }
        counts(iteration, epoch);
        ((NeuralNetwork) model).fit(examples.gather(chosen));
        return model.score();
    }

    /** Answers to rows, row-major. */
    float[] answers(INDArray inputs) {
        INDArray answers = model instanceof MultiLayerNetwork network
                ? network.output(inputs, false)
                : graph().outputSingle(inputs);
        return answers.dup('c').data().asFloat();
    }

    /** A flat view copied at once where it holds floats, and number by number where it holds doubles. */
    private static Packed read(INDArray flat) {
        return flat.dataType() == DataType.FLOAT
                ? Packed.of(flat.data().asNioFloat().limit(Math.toIntExact(flat.length())))
                : Packed.of(flat.toFloatVector());
    }

    private static void write(Packed values, INDArray flat) {
        Check.that(values.length() == flat.length(), "state", flat.length() + " numbers long", values.length());
        if (flat.dataType() == DataType.FLOAT) {
            flat.data().asNioFloat().put(values.buffer());
        } else {
            flat.assign(Nd4j.create(values.floats(), flat.shape(), 'c'));
        }
    }
}
