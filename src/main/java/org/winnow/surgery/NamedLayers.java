package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Shapes;
import org.winnow.model.GateStatistics;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Gated;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;

/**
 * The layers of a network by name, and what can be asked of all of them: penalties, decisions, sparsity, state. Arrays of
 * the answers are named {@code layer.array}.
 */
public final class NamedLayers {
    /**
     * One layer.
     *
     * @param params its arrays, which {@link #load} writes to
     */
    public record Layer(Operator op, Sparsifier sparsifier, Params params) {}

    private final Map<String, Layer> layers;
    private final State others;

    /** Layers in the order of the network. */
    public NamedLayers(Map<String, Layer> layers) {
        this(layers, State.of(Map.of()));
    }

    /** Layers in the order of the network, and arrays of others, which are only carried. */
    public NamedLayers(Map<String, Layer> layers, State others) {
        this.layers = Collections.unmodifiableMap(new LinkedHashMap<>(layers));
        this.others = others;
    }

    public Map<String, Layer> layers() {
        return layers;
    }

    /**
     * The layer of a name.
     *
     * @throws IllegalArgumentException if there is none
     */
    Layer layer(String name) {
        Layer layer = layers.get(name);
        Check.that(layer != null, "layer", "one of " + layers.keySet(), name);
        return Objects.requireNonNull(layer);
    }

    /**
     * The sum, or the mean over all elements, of each layer's penalties; layers without penalty are left out.
     *
     * @param reduction not {@link Reduction#NONE}, for which there is {@link #penaltyElements}
     */
    public Map<String, Double> penalties(Reduction reduction, int epoch) {
        Check.that(reduction != Reduction.NONE, "reduction", "SUM or MEAN", reduction);
        Map<String, Double> penalties = new LinkedHashMap<>();
        layers.forEach((name, layer) -> {
            long count = layer.sparsifier().penalties(layer.op(), layer.params(), epoch).arrays().values().stream()
                    .mapToLong(INDArray::length)
                    .sum();
            if (count > 0) {
                double sum = layer.sparsifier().penalty(layer.op(), layer.params(), epoch);
                penalties.put(name, reduction == Reduction.SUM ? sum : sum / count);
            }
        });
        return penalties;
    }

    /** Every penalty, by what it is about. */
    public State penaltyElements(int epoch) {
        return collect(layer -> layer.sparsifier().penalties(layer.op(), layer.params(), epoch));
    }

    /** The decisions at a threshold, 1 keeps and 0 drops, of all layers. */
    public State relevance(double threshold) {
        return collect(layer -> layer.sparsifier().relevance(layer.op(), layer.params(), threshold));
    }

    /** The gates without noise of the layers that have any, in [0, 1]. */
    public State gateValues() {
        return collect(layer -> layer.sparsifier() instanceof Gated gated
                ? gated.gateValues(layer.op(), layer.params())
                : Params.none());
    }

    /** The {@link #gateValues} as those of one shard or trial, to be merged with others'. */
    public Map<String, GateStatistics> gateStatistics() {
        Map<String, GateStatistics> statistics = new LinkedHashMap<>();
        gateValues().arrays().forEach((name, values) -> statistics.put(name, GateStatistics.of(Elements.read(values))));
        return statistics;
    }

    /**
     * How many zeros each weight and bias would have.
     *
     * @param kept {@link #relevance} or {@link #gateValues}; what it lacks is kept
     */
    public Map<String, Sparsity> sparsity(State kept) {
        Map<String, Sparsity> named = new LinkedHashMap<>();
        layers.forEach((name, layer) -> Sparsity.of(layer.op(), layer.params(), kept.layer(name))
                .forEach((array, sparsity) -> named.put(name + "." + array, sparsity)));
        return named;
    }

    /** All arrays, those of the layers themselves. */
    public State state() {
        return collect(Layer::params).with(others);
    }

    /**
     * Copies the arrays of a state to the layers, by name. A mask stretches to its shape as NumPy does; a mask that is not
     * set in the state is removed here, and is not unexpected where there is no place for it.
     *
     * @param strict whether all names have to match
     * @throws IllegalArgumentException naming what does not match if strict, or an array of another shape; nothing is
     *     copied then
     */
    public Loaded load(State state, boolean strict) {
        Map<String, INDArray> targets = state().arrays();
        List<String> missing = new ArrayList<>(targets.keySet());
        missing.removeAll(state.arrays().keySet());
        List<String> unexpected = new ArrayList<>(state.arrays().keySet());
        unexpected.removeIf(name -> targets.containsKey(name) || !FixedMask.isSet(state.get(name)));
        Check.that(
                !strict || (missing.isEmpty() && unexpected.isEmpty()),
                "state",
                "of the names of the layers",
                "missing " + missing + ", unexpected " + unexpected);
        List<String> loaded = new ArrayList<>(targets.keySet());
        loaded.retainAll(state.arrays().keySet());
        Map<String, INDArray> sources = new LinkedHashMap<>();
        loaded.forEach(name -> sources.put(name, fitted(name, state.get(name), state().get(name))));
        sources.forEach((name, source) -> state().get(name).assign(source));
        return new Loaded(loaded, missing, unexpected);
    }

    /** An array in the shape of the one it is copied to. */
    private static INDArray fitted(String name, INDArray source, INDArray target) {
        if (!FixedMask.isSet(source)) {
            return target.dup().assign(Double.NaN);
        }
        if (name.endsWith("." + FixedMask.MASK) || name.endsWith("." + FixedMask.BIAS_MASK)) {
            return Shapes.stretch(source, name, target.shape());
        }
        Check.that(
                Arrays.equals(source.shape(), target.shape()),
                name,
                "of shape " + Arrays.toString(target.shape()),
                Arrays.toString(source.shape()));
        return source;
    }

    private State collect(Function<Layer, Params> arrays) {
        Map<String, Params> all = new LinkedHashMap<>();
        layers.forEach((name, layer) -> all.put(name, arrays.apply(layer)));
        return State.of(all);
    }
}
