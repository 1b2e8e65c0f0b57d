package org.winnow.surgery;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A network without the inputs, channels and neurons that had no effect.
 *
 * @param network of DL4J's own layers
 * @param inputs which numbers of a row of the original network it takes, in order
 * @param units which outputs of each layer with weights it has, by the layer's name in the original network
 */
public record Compact(MultiLayerNetwork network, int[] inputs, Map<String, int[]> units) {
    public Compact {
        units = Collections.unmodifiableMap(new LinkedHashMap<>(units));
    }

    /** The rows that the network takes, from those of the original one, {@code [batch, inputs]}. */
    public INDArray select(INDArray rows) {
        return inputs.length == rows.size(1) ? rows : rows.getColumns(inputs);
    }
}
