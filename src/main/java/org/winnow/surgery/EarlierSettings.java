package org.winnow.surgery;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.weightnoise.DropConnect;
import org.nd4j.linalg.learning.regularization.L1Regularization;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.databind.JsonNode;

/**
 * What configurations of DL4J up to 1.0.0-beta3 say of decay and dropout. DL4J 1.0.0-M2.1 reads their {@code l2} as a decay
 * of weights that no learning rate is multiplied to, where it was a term of the loss, and passes over the
 * {@code dropOut} of 0.9.1.
 */
final class EarlierSettings {
    private EarlierSettings() {}

    /** Sets decay and dropout as the JSON of an earlier version has them; leaves later ones alone. */
    static void carry(String json, MultiLayerConfiguration configuration) throws IOException {
        JsonNode written = NeuralNetConfiguration.mapper().readTree(json).path("confs");
        for (int i = 0; i < configuration.getConfs().size(); i++) {
            JsonNode around = written.path(i);
            carry(
                    around,
                    settings(around.path("layer")),
                    configuration.getConf(i).getLayer());
        }
    }

    /** The settings of a layer, out of an object that names its type, or that freezes it. */
    private static JsonNode settings(JsonNode layer) {
        JsonNode named =
                !layer.has("@class") && layer.size() == 1 ? layer.elements().next() : layer;
        return named.path("layer").isObject() ? settings(named.path("layer")) : named;
    }

    private static void carry(JsonNode around, JsonNode written, Layer layer) {
        if (layer instanceof BaseLayer base && (written.has("l1") || written.has("l2"))) {
            boolean inUse = around.path("useRegularization").asBoolean(true);
            base.setRegularization(inUse ? decay(written, "l1", "l2") : new ArrayList<>());
            base.setRegularizationBias(inUse ? decay(written, "l1Bias", "l2Bias") : new ArrayList<>());
        }
        double kept = written.path("dropOut").asDouble(0);
        if (kept > 0 && kept < 1) {
            if (around.path("useDropConnect").asBoolean(false) && layer instanceof BaseLayer base) {
                base.setWeightNoise(new DropConnect(kept));
            } else {
                layer.setIDropout(new Dropout(kept));
            }
        }
    }

    private static List<Regularization> decay(JsonNode written, String first, String second) {
        List<Regularization> decay = new ArrayList<>();
        double l1 = written.path(first).asDouble(0);
        double l2 = written.path(second).asDouble(0);
        if (l1 > 0) {
            decay.add(new L1Regularization(l1));
        }
        if (l2 > 0) {
            decay.add(new L2Regularization(l2));
        }
        return decay;
    }
}
