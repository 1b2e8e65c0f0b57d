package org.winnow.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Views;
import org.winnow.sparsifier.ParamSpec;

/** The parameters of a {@link SparseLayer}, one after the other in the flat vector, each in row-major order. */
final class SparseLayerParams implements ParamInitializer {
    static final SparseLayerParams INSTANCE = new SparseLayerParams();

    private SparseLayerParams() {}

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return specs(layer).stream().mapToLong(ParamSpec::length).sum();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return specs(layer).stream().map(ParamSpec::name).toList();
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return keys(layer, ParamSpec.Kind.WEIGHT);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return keys(layer, ParamSpec.Kind.BIAS);
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return weightKeys(layer).contains(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return biasKeys(layer).contains(key);
    }

    /** The views alone: first values depend on the layer's index, which DL4J does not say here. */
    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
        conf.clearVariables();
        paramKeys(conf.getLayer()).forEach(conf::addVariable);
        return getGradientsFromFlattened(conf, view);
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
        INDArray flat = view.reshape(view.length());
        Map<String, INDArray> views = new LinkedHashMap<>();
        long from = 0;
        for (ParamSpec spec : specs(conf.getLayer())) {
            INDArray part = Views.interval(flat, 0, from, spec.length());
            views.put(spec.name(), part.reshape('c', spec.shape()));
            from += spec.length();
        }
        return views;
    }

    private static List<String> keys(Layer layer, ParamSpec.Kind kind) {
        return specs(layer).stream()
                .filter(spec -> spec.kind() == kind)
                .map(ParamSpec::name)
                .toList();
    }

    private static List<ParamSpec> specs(Layer layer) {
        return ((SparseLayer) layer).params();
    }
}
