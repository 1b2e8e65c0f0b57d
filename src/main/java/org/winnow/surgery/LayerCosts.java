package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.model.LayerCost;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.serve.ConvolutionStep;
import org.winnow.serve.LinearStep;
import org.winnow.serve.SparseFile;
import org.winnow.serve.SparseNetwork;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.Params;

/** What each layer with weights costs, in the order of a network. */
public final class LayerCosts {
    private LayerCosts() {}

    /**
     * The costs of a network whose masks are multiplied in, and whose arrays are stored densely.
     *
     * @param example the shape of one example, without the batch
     */
    public static List<LayerCost> of(MultiLayerNetwork network, long... example) {
        long[] one = LongStream.concat(LongStream.of(1), LongStream.of(example)).toArray();
        List<INDArray> activations = network.feedForward(
                Nd4j.zeros(network.getLayerWiseConfigurations().getDataType(), one));
        NamedLayers layers = NetworkLayers.of(network);
        List<LayerCost> costs = new ArrayList<>();
        for (int i = 0; i < network.getnLayers(); i++) {
            String name = network.getLayer(i).conf().getLayer().getLayerName();
            NamedLayers.Layer layer = layers.layers().get(name);
            if (layer != null) {
                INDArray output = activations.get(i + 1);
                costs.add(cost(name, layer, output.length() / output.size(1)));
            }
        }
        return List.copyOf(costs);
    }

    /**
     * The same costs, with the bytes that a sparse network's file takes.
     *
     * @param costs of the network that it was made of
     */
    public static List<LayerCost> stored(List<LayerCost> costs, SparseNetwork network) {
        int[] weighted = weighted(network);
        Check.that(weighted.length == costs.size(), "costs", "of " + weighted.length + " layers", costs.size());
        return IntStream.range(0, weighted.length)
                .mapToObj(i -> withBytes(costs.get(i), SparseFile.bytes(network, weighted[i])))
                .toList();
    }

    /** Which steps of a sparse network have weights. */
    static int[] weighted(SparseNetwork network) {
        return IntStream.range(0, network.steps().size())
                .filter(i -> network.steps().get(i) instanceof LinearStep
                        || network.steps().get(i) instanceof ConvolutionStep)
                .toArray();
    }

    private static LayerCost withBytes(LayerCost cost, long bytes) {
        return new LayerCost(
                cost.layer(), cost.weights(), cost.kept(), cost.inputs(), cost.units(), cost.flops(), bytes);
    }

    private static LayerCost cost(String name, NamedLayers.Layer layer, long positions) {
        INDArray array = layer.sparsifier() instanceof FixedMask mask
                ? mask.maskedWeight(layer.op(), layer.params())
                : layer.params().get(Params.WEIGHT);
        double[] weight = Elements.read(array);
        long kept = Arrays.stream(weight).filter(w -> w != 0).count();
        int parts = layer.op().output().complex() ? 2 : 1;
        long biases = layer.params().has(Params.BIAS)
                ? layer.params().get(Params.BIAS).length()
                : 0;
        return new LayerCost(
                name,
                weight.length,
                kept,
                usedInputs(layer, weight),
                layer.op().output().numbers(),
                2L * parts * kept * positions,
                (weight.length + biases) * array.dataType().width());
    }

    /** How many inputs have a weight that is not 0; all of them where weights are not those of one input each. */
    private static int usedInputs(NamedLayers.Layer layer, double[] weight) {
        int inputs = layer.op().input().numbers();
        boolean own = layer.op() instanceof Linear
                || (layer.op() instanceof Convolution convolution && convolution.groups() == 1);
        if (!own) {
            return inputs;
        }
        int taps = weight.length / inputs / layer.op().output().numbers();
        boolean[] used = new boolean[inputs];
        for (int i = 0; i < weight.length; i++) {
            used[i / taps % inputs] |= weight[i] != 0;
        }
        return (int) IntStream.range(0, inputs).filter(input -> used[input]).count();
    }
}
