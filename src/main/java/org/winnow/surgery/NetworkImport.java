package org.winnow.surgery;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.dropout.IDropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayer;
import org.deeplearning4j.nn.conf.layers.misc.FrozenLayerWithBackprop;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.learning.regularization.WeightDecay;
import org.winnow.check.Check;
import org.winnow.layer.NetworkStates;
import org.winnow.layer.NetworkZip;
import org.winnow.model.Normaliser;
import org.winnow.model.SavedNetwork;

/**
 * Networks that DL4J's {@code ModelSerializer} wrote, since 0.9.1, as ones to go on with: numbers of 32 bits, frozen layers
 * unfrozen, batch normalisations in the weights next to them, decay and dropout as they were meant.
 */
public final class NetworkImport {
    private final List<String> notes = new ArrayList<>();

    private NetworkImport() {}

    /**
     * Reads a zip.
     *
     * @throws IOException if it is none of a {@code MultiLayerNetwork}
     * @throws IllegalArgumentException naming what it has that cannot be carried
     */
    public static SavedNetwork read(InputStream in) throws IOException {
        try (NetworkZip zip = NetworkZip.open(in)) {
            return new NetworkImport().read(zip);
        }
    }

    private SavedNetwork read(NetworkZip zip) throws IOException {
        Check.that(
                !zip.hasJavaObject(),
                "the zip",
                "without preprocessor.bin, a Java object, which is never read; ModelSerializer.addNormalizerToModel"
                        + " writes what is",
                "one with it");
        MultiLayerConfiguration configuration = configuration(zip.configuration());
        long count = NetworkZip.parameterCount(configuration);
        INDArray parameters = zip.parameters(count);
        if (parameters.dataType() != DataType.FLOAT) {
            notes.add("numbers of the type " + parameters.dataType() + " became 32-bit floats");
        }
        MultiLayerNetwork network = new MultiLayerNetwork(configuration);
        network.init(parameters.castTo(DataType.FLOAT), false);
        network = withoutDropoutFirst(NormalisationFolding.withoutBatchNormalisations(network, notes));
        noteSettings(network);
        Normaliser normaliser = zip.normaliser(count).orElse(null);
        if (normaliser != null) {
            notes.add("its " + normaliser.kind() + " became part of the weights of the first layer"
                    + (normaliser.labelShift().length > 0 ? " and the last" : ""));
        }
        return new SavedNetwork(NetworkStates.of(network), normaliser, notes);
    }

    /** A layer of dropout before all others as dropout of the next layer's inputs, which is the same. */
    private static MultiLayerNetwork withoutDropoutFirst(MultiLayerNetwork network) {
        boolean movable = network.getnLayers() > 1
                && network.getLayer(0).conf().getLayer() instanceof DropoutLayer
                && network.getLayer(1).conf().getLayer().getIDropout() == null;
        if (!movable) {
            return network;
        }
        String first = network.getLayer(0).conf().getLayer().getLayerName();
        String next = network.getLayer(1).conf().getLayer().getLayerName();
        IDropout dropout = network.getLayer(0).conf().getLayer().getIDropout();
        return NetworkRewrite.of(network, layer -> {
                    if (layer.getLayerName().equals(first)) {
                        return List.of();
                    }
                    if (layer.getLayerName().equals(next)) {
                        layer.setIDropout(dropout);
                    }
                    return List.of(layer);
                })
                .network();
    }

    private MultiLayerConfiguration configuration(String json) throws IOException {
        Check.that(
                !NeuralNetConfiguration.mapper().readTree(json).has("vertices"),
                "the network",
                "a MultiLayerNetwork",
                "a ComputationGraph");
        MultiLayerConfiguration configuration = MultiLayerConfiguration.fromJson(json);
        configuration.setDataType(DataType.FLOAT);
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            NeuralNetConfiguration around = configuration.getConf(i);
            around.setDataType(DataType.FLOAT);
            Layer layer = unfrozen(around.getLayer());
            if (layer.getLayerName() == null) {
                layer.setLayerName("layer" + i);
            }
            around.setLayer(layer);
            around.clearVariables();
        }
        EarlierSettings.carry(json, configuration);
        return configuration;
    }

    private Layer unfrozen(Layer layer) {
        if (layer instanceof FrozenLayer frozen) {
            return thawed(frozen.getLayer());
        }
        return layer instanceof FrozenLayerWithBackprop frozen ? thawed(frozen.getUnderlying()) : layer;
    }

    private Layer thawed(Layer inner) {
        notes.add("layer " + inner.getLayerName() + " was frozen, and learns here");
        return unfrozen(inner);
    }

    /** Says what training goes on with. */
    private void noteSettings(MultiLayerNetwork network) {
        Map<String, List<String>> layersBySetting = new LinkedHashMap<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            Layer layer = network.getLayer(i).conf().getLayer();
            requireNoNoise(layer);
            settings(layer)
                    .forEach(setting -> layersBySetting
                            .computeIfAbsent(setting, missing -> new ArrayList<>())
                            .add(layer.getLayerName()));
        }
        layersBySetting.forEach(
                (setting, layers) -> notes.add("carried: " + setting + " of " + String.join(", ", layers)));
    }

    private static void requireNoNoise(Layer layer) {
        boolean constrained =
                layer.getConstraints() != null && !layer.getConstraints().isEmpty();
        Check.that(!constrained, "layer " + layer.getLayerName(), "without constraints", layer.getConstraints());
        if (layer instanceof BaseLayer base) {
            Check.that(
                    base.getWeightNoise() == null,
                    "layer " + layer.getLayerName(),
                    "without noise on its weights",
                    base.getWeightNoise());
        }
    }

    private static List<String> settings(Layer layer) {
        List<String> settings = new ArrayList<>();
        if (layer.getIDropout() != null) {
            settings.add(dropout(layer.getIDropout()));
        }
        if (layer instanceof BaseLayer base) {
            settings.addAll(decays(base.getRegularization(), ""));
            settings.addAll(decays(base.getRegularizationBias(), " on the bias"));
            GradientNormalization normalisation = base.getGradientNormalization();
            if (normalisation != null && normalisation != GradientNormalization.None) {
                settings.add(normalisation + " at " + base.getGradientNormalizationThreshold());
            }
        }
        return settings;
    }

    private static String dropout(IDropout dropout) {
        return dropout instanceof Dropout plain
                ? "dropout of inputs with probability " + (float) (1 - plain.getP())
                : String.valueOf(dropout);
    }

    /** Each decay once; DL4J 1.0.0-M2.1 writes, and applies, that of all layers twice. */
    private static List<String> decays(List<Regularization> all, String where) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        all.forEach(decay -> counts.merge(decay(decay) + where, 1, Integer::sum));
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + (entry.getValue() > 1 ? " (" + entry.getValue() + " times)" : ""))
                .toList();
    }

    private static String decay(Regularization decay) {
        if (decay instanceof L2Regularization l2) {
            return "l2 " + l2.getL2().valueAt(0, 0);
        }
        if (decay instanceof L1Regularization l1) {
            return "l1 " + l1.getL1().valueAt(0, 0);
        }
        return decay instanceof WeightDecay weight
                ? "weight decay " + weight.getCoeff().valueAt(0, 0)
                : String.valueOf(decay);
    }
}
