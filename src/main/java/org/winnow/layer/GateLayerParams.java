package org.winnow.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The single parameter vector of a {@link GateLayer}: {@code [1, gates]}. */
final class GateLayerParams implements ParamInitializer {
    static final GateLayerParams INSTANCE = new GateLayerParams();
    static final String KEY = "gate";

    private GateLayerParams() {}

    @Override
    public long numParams(NeuralNetConfiguration conf) {
        return numParams(conf.getLayer());
    }

    @Override
    public long numParams(Layer layer) {
        return ((GateLayer) layer).gateCount();
    }

    @Override
    public List<String> paramKeys(Layer layer) {
        return List.of(KEY);
    }

    @Override
    public List<String> weightKeys(Layer layer) {
        return List.of(KEY);
    }

    @Override
    public List<String> biasKeys(Layer layer) {
        return List.of();
    }

    @Override
    public boolean isWeightParam(Layer layer, String key) {
        return KEY.equals(key);
    }

    @Override
    public boolean isBiasParam(Layer layer, String key) {
        return false;
    }

    @Override
    public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
        Map<String, INDArray> params = getGradientsFromFlattened(conf, view);
        conf.addVariable(KEY);
        if (initialize) {
            GateLayer layer = (GateLayer) conf.getLayer();
            params.get(KEY).assign(layer.gates().distribution().initialParameter());
        }
        return params;
    }

    @Override
    public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray view) {
        return new LinkedHashMap<>(Map.of(KEY, view.reshape(1, view.length())));
    }
}
