package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.conf.InputPreProcessor;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.layer.NetworkStates;
import org.winnow.model.NetworkState;
import org.winnow.serve.SparseNetwork;
import org.winnow.serve.Speed;

/** How fast each layer with weights is, together with the activations and pooling after it, in the order of a network. */
public final class LayerSpeeds {
    private LayerSpeeds() {}

    /**
     * The speeds of a network's layers.
     *
     * @param width how many numbers a row has
     * @param seconds as {@link Speed#of} takes them
     */
    public static List<Speed> of(NetworkState state, int width, double seconds) {
        MultiLayerNetwork network = NetworkStates.restore(state);
        Map<String, NamedLayers.Layer> weighted = NetworkLayers.of(network).layers();
        int[] starts = IntStream.range(0, network.getnLayers())
                .filter(i -> weighted.containsKey(
                        network.getLayer(i).conf().getLayer().getLayerName()))
                .toArray();
        float[] rows = Delivery.randomRows(width);
        INDArray x = Nd4j.create(rows, new long[] {rows.length / width, width}, 'c');
        List<Speed> speeds = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int from = i == 0 ? 0 : starts[i];
            int to = i == starts.length - 1 ? network.getnLayers() : starts[i + 1];
            long[] example = Arrays.copyOfRange(x.shape(), 1, x.rank());
            int numbers = (int) LongStream.of(example).reduce(1, Math::multiplyExact);
            speeds.add(Speed.of(
                    given -> floats(through(
                            network, from, to, Nd4j.create(given, batch(given.length / numbers, example), 'c'))),
                    floats(x),
                    numbers,
                    seconds));
            x = through(network, from, to, x);
        }
        return speeds;
    }

    /** The speeds of a sparse network's layers. */
    public static List<Speed> of(SparseNetwork network, double seconds) {
        int[] starts = LayerCosts.weighted(network);
        float[] rows = Delivery.randomRows(network.width());
        int[] inputs = network.inputs();
        int width = network.width();
        List<Speed> speeds = new ArrayList<>();
        for (int i = 0; i < starts.length; i++) {
            int from = i == 0 ? 0 : starts[i];
            int to = i == starts.length - 1 ? network.steps().size() : starts[i + 1];
            SparseNetwork part =
                    new SparseNetwork(width, inputs, network.steps().subList(from, to));
            speeds.add(Speed.of(part::answer, rows, width, seconds));
            rows = part.answer(rows);
            width = part.outputs();
            inputs = IntStream.range(0, width).toArray();
        }
        return speeds;
    }

    private static INDArray through(MultiLayerNetwork network, int from, int to, INDArray input) {
        LayerWorkspaceMgr noWorkspaces = LayerWorkspaceMgr.noWorkspaces();
        int batch = (int) input.size(0);
        INDArray x = input;
        for (int i = from; i < to; i++) {
            InputPreProcessor before = network.getLayerWiseConfigurations().getInputPreProcess(i);
            network.getLayer(i).setInputMiniBatchSize(batch);
            x = network.getLayer(i)
                    .activate(before == null ? x : before.preProcess(x, batch, noWorkspaces), false, noWorkspaces);
        }
        return x;
    }

    private static long[] batch(long size, long... example) {
        return LongStream.concat(LongStream.of(size), LongStream.of(example)).toArray();
    }

    private static float[] floats(INDArray array) {
        return array.dup('c').data().asFloat();
    }
}
