package org.winnow.prune;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.winnow.check.UserError;
import org.winnow.sparsifier.MagnitudePruning;
import org.winnow.sparsifier.MagnitudePruning.Ranking;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.Params;
import org.winnow.surgery.NamedLayers;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.Pruning.Treatment;

/**
 * What is done to each layer.
 *
 * @param methods of the layers to make sparse, in the order of the network
 */
record Plan(PruneOptions options, Map<String, Method> methods) {
    /**
     * What options mean for a network.
     *
     * @param layers those that can be made sparse
     * @throws UserError if a pattern matches no layer, or options contradict one another
     */
    static Plan of(PruneOptions options, List<String> layers) {
        Set<String> chosen = new LinkedHashSet<>();
        options.layers().forEach(pattern -> chosen.addAll(LayerNumbers.matching("layers", pattern, layers)));
        Map<String, Method> methods = new LinkedHashMap<>();
        layers.stream().filter(chosen::contains).forEach(name -> methods.put(name, options.method()));
        options.layerMethods().forEach((name, patterns) -> {
            Method method = method(name);
            patterns.forEach(pattern -> LayerNumbers.matching("layer_methods", pattern, List.copyOf(methods.keySet()))
                    .forEach(layer -> methods.put(layer, method)));
        });
        List<String> names = List.copyOf(methods.keySet());
        LayerNumbers.of("layer_reg_weights", options.layerRegWeights()).requireMatches(names);
        LayerNumbers.of("initial", options.initial()).requireMatches(names);
        LayerNumbers.of("layer_thresholds", options.layerThresholds()).requireMatches(names);
        Plan plan = new Plan(options, methods);
        plan.requireSteps();
        plan.requireShares();
        return plan;
    }

    private static Method method(String name) {
        for (Method method : Method.values()) {
            if (method.key().equals(name.replace('-', '_'))) {
                return method;
            }
        }
        throw new UserError("prune.layer_methods must name methods as prune.method does, got " + name);
    }

    private void requireSteps() {
        if (learns() && (options.steps() > 1 || options.rewindEpoch() >= 0)) {
            throw new UserError("prune.steps and prune.rewind_epoch are for magnitude in all layers, got "
                    + options.method().key());
        }
        if (!learns() && options.searches() && options.searchBy() == SearchBy.REG_WEIGHT) {
            throw new UserError("prune.search_by must be threshold for magnitude, which has no penalty");
        }
    }

    private void requireShares() {
        thresholds()
                .forEach(threshold -> methods.keySet().forEach(layer -> {
                    double own = threshold(layer, threshold);
                    if (methods.get(layer) == Method.MAGNITUDE && !(own >= 0 && own <= 1)) {
                        throw new UserError("prune.thresholds of magnitude must be shares in [0, 1], got " + own);
                    }
                }));
    }

    /** The thresholds to compare; the first makes the result. */
    List<Double> thresholds() {
        return options.thresholds().isEmpty() ? List.of(options.method().threshold()) : options.thresholds();
    }

    /** Whether some layer learns what to drop. */
    boolean learns() {
        return methods.values().stream().anyMatch(Method::learns);
    }

    /**
     * How layers are made sparse.
     *
     * @param regWeight the price of a weight in the mean loss of a row
     * @param epochs of the stage
     */
    Map<String, Treatment> treatments(double regWeight, int epochs) {
        LayerNumbers factors = LayerNumbers.of("layer_reg_weights", options.layerRegWeights());
        LayerNumbers initial = LayerNumbers.of("initial", options.initial());
        Map<String, Treatment> treatments = new LinkedHashMap<>();
        methods.forEach((layer, method) -> {
            double price = regWeight * factors.of(layer).orElse(1);
            treatments.put(
                    layer,
                    new Treatment(
                            method.sparsifier(initial.of(layer), options.unit(), options.temperatureFactor(), epochs),
                            op -> price * method.weightsOfPenalty(op)));
        });
        return treatments;
    }

    /**
     * What makes masks of layers.
     *
     * @param threshold of the layers of the main method that have none of their own
     * @param step of those in which magnitude drops weights, from 1
     */
    Map<String, Function<NamedLayers.Layer, Params>> decisions(double threshold, int step) {
        Map<String, Function<NamedLayers.Layer, Params>> decisions = new LinkedHashMap<>();
        methods.forEach((name, method) -> {
            double own = threshold(name, threshold);
            double share = options.pace().after(step, options.steps(), own);
            decisions.put(
                    name, method.learns() ? layer -> Pruning.decision(layer, own) : layer -> largest(layer, share));
        });
        return decisions;
    }

    private Params largest(NamedLayers.Layer layer, double dropped) {
        MaskOptions mask = new MaskOptions(options.unit(), false);
        return new MagnitudePruning(dropped, Ranking.MODULUS, mask).relevance(layer.op(), layer.params(), dropped);
    }

    private double threshold(String layer, double threshold) {
        Method method = methods.getOrDefault(layer, options.method());
        return LayerNumbers.of("layer_thresholds", options.layerThresholds())
                .of(layer)
                .orElse(method == options.method() ? threshold : method.threshold());
    }
}
