package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.learning.regularization.L2Regularization;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.winnow.model.NetworkState;

class NetworksTest {
    private static final NetworkOptions LAYERS = new NetworkOptions(List.of(3), NetworkOptions.Activation.RELU);

    @Test
    void weightsOfAllLayersDecayAsTheOptionsSay() {
        assertEquals(List.of(), decays(built(0)));
        assertEquals(List.of(decay(0.25), decay(0.25)), decays(built(0.25)));
    }

    @Test
    void aNetworkThatIsGivenKeepsItsDecayUnlessTheOptionsHaveOne() {
        NetworkState given = built(0.25);
        assertEquals(decays(given), decays(Networks.withAdam(given, options(0))));
        assertEquals(List.of(decay(0.5), decay(0.5)), decays(Networks.withAdam(given, options(0.5))));
    }

    private static NetworkState built(double decay) {
        return Networks.build(Optional.empty(), 2, Head.classes(2), LAYERS, options(decay));
    }

    private static List<Regularization> decays(NetworkState network) {
        return MultiLayerConfiguration.fromJson(network.configuration()).getConfs().stream()
                .flatMap(layer -> ((BaseLayer) layer.getLayer()).getRegularization().stream())
                .toList();
    }

    private static Regularization decay(double factor) {
        return new L2Regularization(factor);
    }

    private static TrainOptions options(double decay) {
        return OptionsOf.decay(TrainOptions.of(1, 1, 0.01, 1, 1), decay);
    }
}
