package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.sparsifier.Params;

/**
 * Takes what scales and shifts a network's numbers into the weights and biases next to it: batch normalisations as they
 * are at inference (Ioffe and Szegedy 2015, arXiv:1502.03167), and what its rows and answers go through outside of it.
 */
public final class NormalisationFolding {
    private final MultiLayerNetwork network;
    private final Map<String, AffineFolding> changed = new LinkedHashMap<>();
    private final List<String> folded = new ArrayList<>();

    private NormalisationFolding(MultiLayerNetwork network) {
        this.network = network;
    }

    /**
     * The same network without batch normalisations.
     *
     * @param notes gets a sentence for each
     * @throws IllegalArgumentException naming one that has no layer next to it that could take it in
     */
    static MultiLayerNetwork withoutBatchNormalisations(MultiLayerNetwork network, List<String> notes) {
        NormalisationFolding folding = new NormalisationFolding(network);
        // Of several in a row the first is taken in first by a layer before them, the last by a layer after them.
        for (int i = 0; i < network.getnLayers(); i++) {
            if (folding.layer(i) instanceof BatchNormalization norm) {
                folding.foldBack(i, norm).ifPresent(into -> notes.add(note(norm, into)));
            }
        }
        for (int i = network.getnLayers() - 1; i >= 0; i--) {
            if (folding.layer(i) instanceof BatchNormalization norm && !folding.folded.contains(norm.getLayerName())) {
                notes.add(note(norm, folding.foldOn(i, norm)));
            }
        }
        return folding.rewritten();
    }

    /**
     * A network that takes {@code x} and answers with {@code aOut y + cOut} where the one given takes {@code a x + c} and
     * answers with {@code y}; arrays have a number for each of a row's and each answer.
     *
     * @throws IllegalArgumentException if its first or last layer cannot take that in
     */
    public static NetworkState between(NetworkState state, double[] a, double[] c, double[] aOut, double[] cOut) {
        MultiLayerNetwork network = NetworkStates.restore(state);
        NormalisationFolding folding = new NormalisationFolding(network);
        boolean inputs = differs(a, c);
        boolean outputs = differs(aOut, cOut);
        if (inputs) {
            folding.takeInInputs(a, c);
        }
        if (outputs) {
            folding.takeInAnswers(aOut, cOut);
        }
        return inputs || outputs ? NetworkStates.of(folding.rewritten()) : state;
    }

    private static boolean differs(double[] a, double[] c) {
        return Arrays.stream(a).anyMatch(factor -> factor != 1)
                || Arrays.stream(c).anyMatch(offset -> offset != 0);
    }

    private void takeInInputs(double[] a, double[] c) {
        int first = after(-1)
                .orElseThrow(() ->
                        new IllegalArgumentException("its first layer must be a dense layer or a convolution, got "
                                + StockLayers.described(layer(0))));
        AffineFolding into = folding(first);
        boolean image =
                network.getLayerWiseConfigurations().getInputPreProcess(first) instanceof FeedForwardToCnnPreProcessor;
        into.inputs(image ? alike(a, into.inputs()) : a, image ? alike(c, into.inputs()) : c);
    }

    /** One number for each channel, which all of its pixels share. */
    private static double[] alike(double[] pixels, int channels) {
        int size = pixels.length / channels;
        double[] one = new double[channels];
        for (int i = 0; i < pixels.length; i++) {
            one[i / size] = i % size == 0 ? pixels[i] : one[i / size];
            Check.that(
                    pixels[i] == one[i / size],
                    "scaling of the pixels of a channel",
                    "the same, as data.standardise=none, range and global make it",
                    "another for each");
        }
        return one;
    }

    private void takeInAnswers(double[] a, double[] c) {
        int last = network.getnLayers() - 1;
        boolean linear = operatorAt(last) && activatesNothing(last);
        Check.that(
                linear,
                "its last layer",
                "an output layer with identity activation",
                StockLayers.described(layer(last)));
        folding(last).outputs(a, c);
    }

    private static String note(BatchNormalization norm, String into) {
        return "BatchNormalization " + norm.getLayerName() + " became part of the weights of " + into
                + (norm.getIDropout() == null ? "" : "; the dropout of its inputs went with it");
    }

    /** Takes a normalisation into the layer before it, if that can be; answers with its name. */
    private Optional<String> foldBack(int at, BatchNormalization norm) {
        double[][] line = line(norm, network.getLayer(at).paramTable());
        return before(at).filter(i -> folding(i).outputs() == line[0].length).map(i -> {
            folding(i).outputs(line[0], line[1]);
            folded.add(norm.getLayerName());
            return layer(i).getLayerName();
        });
    }

    /** Takes a normalisation into the layer after it; answers with its name. */
    private String foldOn(int at, BatchNormalization norm) {
        double[][] line = line(norm, network.getLayer(at).paramTable());
        int into = after(at)
                .orElseThrow(() -> new IllegalArgumentException("layer " + norm.getLayerName()
                        + " must be right after a layer with identity activation, or right before a dense layer or convolution, so"
                        + " that it can become part of its weights, got BatchNormalization elsewhere"));
        AffineFolding folding = folding(into);
        folding.inputs(spread(line[0], folding.inputs()), spread(line[1], folding.inputs()));
        folded.add(norm.getLayerName());
        return layer(into).getLayerName();
    }

    /** What it multiplies by and what it adds. */
    private static double[][] line(BatchNormalization norm, Map<String, INDArray> arrays) {
        double[] mean = Elements.read(arrays.get("mean"));
        double[] spread = Elements.read(arrays.get(norm.isUseLogStd() ? "log10stdev" : "var"));
        double[] factor = new double[mean.length];
        double[] offset = new double[mean.length];
        for (int i = 0; i < mean.length; i++) {
            double variance = norm.isUseLogStd() ? Math.pow(10, 2 * spread[i]) : spread[i];
            double gamma = norm.isLockGammaBeta()
                    ? norm.getGamma()
                    : arrays.get("gamma").getDouble(i);
            double beta =
                    norm.isLockGammaBeta() ? norm.getBeta() : arrays.get("beta").getDouble(i);
            factor[i] = gamma / Math.sqrt(variance + norm.getEps());
            offset[i] = beta - factor[i] * mean[i];
        }
        return new double[][] {factor, offset};
    }

    /** A number for each of a channel's positions, as a linear map takes them flattened. */
    private static double[] spread(double[] channels, int inputs) {
        double[] all = new double[inputs];
        Arrays.setAll(all, i -> channels[i / (inputs / channels.length)]);
        return all;
    }

    /** The layer with weights that is before, if nothing but dropout is between and it is linear. */
    private Optional<Integer> before(int at) {
        int i = at - 1;
        while (i >= 0 && passes(i)) {
            i--;
        }
        return i >= 0 && operatorAt(i) && activatesNothing(i) ? Optional.of(i) : Optional.empty();
    }

    /** The layer with weights that is after, if nothing but dropout is between. */
    private Optional<Integer> after(int at) {
        int i = at + 1;
        while (i < network.getnLayers() && passes(i)) {
            i++;
        }
        return i < network.getnLayers() && operatorAt(i) ? Optional.of(i) : Optional.empty();
    }

    private boolean passes(int i) {
        return layer(i) instanceof DropoutLayer || folded.contains(layer(i).getLayerName());
    }

    private boolean operatorAt(int i) {
        return StockLayers.operator(layer(i)).isPresent();
    }

    private boolean activatesNothing(int i) {
        return layer(i) instanceof BaseLayer base && base.getActivationFn() instanceof ActivationIdentity;
    }

    private Layer layer(int i) {
        return network.getLayer(i).conf().getLayer();
    }

    private AffineFolding folding(int i) {
        String name = layer(i).getLayerName();
        return changed.computeIfAbsent(name, missing -> {
            NamedLayers.Layer named = NetworkLayers.of(network).layer(missing);
            return new AffineFolding(missing, named.op(), named.params());
        });
    }

    private MultiLayerNetwork rewritten() {
        if (changed.isEmpty()) {
            return network;
        }
        MultiLayerNetwork made = NetworkRewrite.reshaped(
                network,
                layer -> folded.contains(layer.getLayerName())
                        ? List.of()
                        : List.of(changed.containsKey(layer.getLayerName()) ? StockLayers.withBias(layer) : layer),
                preProcessor -> preProcessor);
        NamedLayers layers = NetworkLayers.of(made);
        layers.load(NetworkLayers.of(network).state(), false);
        Map<String, Params> own = new LinkedHashMap<>();
        changed.forEach(
                (name, folding) -> own.put(name, folding.params(made.params().dataType())));
        layers.load(State.of(own), false);
        return made;
    }
}
