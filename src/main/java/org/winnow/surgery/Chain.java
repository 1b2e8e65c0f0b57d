package org.winnow.surgery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.conf.preprocessor.FeedForwardToCnnPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.layer.Flatten;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;

/**
 * A network seen as stages, one after the other, with what passes between them.
 *
 * @param stages at least one
 * @param passages after each stage
 */
record Chain(List<Stage> stages, List<Passage> passages) {
    private static final String KNOWN_LAYERS =
            "a dense layer without layer normalisation, a 2-dimensional convolution of one group with channels first"
                    + " and as much padding after an axis as before it, " + Passage.KNOWN;

    private static final int IMAGE_AXES = 3;

    Chain {
        stages = List.copyOf(stages);
        passages = List.copyOf(passages);
    }

    /**
     * The chain of a network.
     *
     * @throws IllegalArgumentException naming the first layer that is of another kind
     */
    static Chain of(MultiLayerNetwork network) {
        NamedLayers named = NetworkLayers.of(network);
        List<Stage> stages = new ArrayList<>();
        List<List<Layer>> between = new ArrayList<>();
        Set<String> names = new HashSet<>();
        boolean flat = true;
        for (int i = 0; i < network.getnLayers(); i++) {
            Layer layer = network.getLayer(i).conf().getLayer();
            String name = layer.getLayerName();
            Check.that(names.add(name), "names of layers", "different", name + " twice");
            InputPreProcessor preProcessor =
                    network.getLayerWiseConfigurations().getInputPreProcess(i);
            checkPreProcessor(name, preProcessor, stages.isEmpty());
            flat = flat || preProcessor != null;
            Optional<NamedLayers.Layer> weighted =
                    Optional.ofNullable(named.layers().get(name));
            boolean passes = weighted.isEmpty() && !stages.isEmpty() && Passage.possible(layer);
            boolean possible = passes
                    || (weighted.isPresent() && Stage.possible(weighted.get().op()));
            Check.that(possible, "layer " + name, KNOWN_LAYERS, StockLayers.described(layer));
            if (passes) {
                between.get(between.size() - 1).add(layer);
            } else {
                NamedLayers.Layer found = weighted.orElseThrow();
                boolean linear = found.op() instanceof Linear;
                Check.that(flat || !linear, "input of layer " + name, "flattened, as it is linear", "positions");
                flat = linear;
                stages.add(new Stage((BaseLayer) layer, found.op(), params(name, found)));
                between.add(new ArrayList<>());
            }
        }
        List<Passage> passages = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            passages.add(new Passage(stages.get(i).layer().getActivationFn(), between.get(i)));
        }
        return new Chain(stages, passages);
    }

    /** How many inputs of the stage after it come from one output of a stage: its positions if they are flattened. */
    int spread(int stage) {
        return stages.get(stage + 1).inputs() / stages.get(stage).outputs();
    }

    private static void checkPreProcessor(String name, @Nullable InputPreProcessor preProcessor, boolean first) {
        boolean known = preProcessor == null
                || (preProcessor instanceof Flatten flatten && flatten.shape().size() == IMAGE_AXES)
                || (preProcessor instanceof FeedForwardToCnnPreProcessor && first)
                || (preProcessor instanceof CnnToFeedForwardPreProcessor flattening
                        && flattening.getFormat() == CNN2DFormat.NCHW);
        String got = preProcessor == null ? "none" : preProcessor.getClass().getSimpleName();
        Check.that(
                known,
                "preprocessor of layer " + name,
                "one that flattens images with channels first, or makes them of the network's input",
                got);
    }

    /** Weight and bias as they act at inference. */
    static Params params(String name, NamedLayers.Layer layer) {
        Sparsifier sparsifier = layer.sparsifier();
        Params all = layer.params();
        boolean masked = sparsifier instanceof FixedMask mask && mask.equals(new FixedMask(plain(mask.mask())));
        Check.that(
                masked || sparsifier instanceof Dense || sparsifier instanceof Lasso,
                "layer " + name,
                "masked, or dense; deploy its masks first",
                sparsifier);
        return masked ? product((FixedMask) sparsifier, layer.op(), all) : all;
    }

    /** Masks in use, and not ablated. */
    private static MaskOptions plain(MaskOptions options) {
        return new MaskOptions(options.unit(), options.bias());
    }

    private static Params product(FixedMask sparsifier, Operator op, Params all) {
        Params masked = Params.of(Params.WEIGHT, sparsifier.maskedWeight(op, all));
        if (!all.has(Params.BIAS)) {
            return masked;
        }
        INDArray bias = all.get(Params.BIAS);
        return masked.with(Params.BIAS, all.has(FixedMask.BIAS_MASK) ? bias.mul(all.get(FixedMask.BIAS_MASK)) : bias);
    }
}
