package org.winnow.train;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.FloatPointer;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationReLU;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.FloatMatrix;
import org.winnow.kernel.Kernel;
import org.winnow.kernel.Reachable;
import org.winnow.kernel.SoftmaxCrossEntropy;
import org.winnow.layer.SparseLayer;
import org.winnow.sparsifier.Params;

/**
 * What {@link DirectStep} computes layer by layer, for a network of dense layers with rectifiers between them, to the same
 * bits: the same products and sums, in memory that is laid out once. A step of a small network is mostly the way from
 * layer to layer and from array to array; in a short training, the compilation of that way.
 */
final class DenseStep {
    private static final IActivation RECTIFIER = new ActivationReLU();

    private final MultiLayerNetwork network;
    private final INDArray gradients;
    private final FusedUpdate update;
    private final List<Affine> layers = new ArrayList<>();
    /** Of every size of a minibatch: the last of an epoch may be smaller. */
    private final Map<Integer, Room> rooms = new HashMap<>();

    private DenseStep(MultiLayerNetwork network, INDArray gradients, FusedUpdate update) {
        this.network = network;
        this.gradients = gradients;
        this.update = update;
        for (int layer = 0; layer < network.getnLayers() - 1; layer++) {
            INDArray weight = network.getLayer(layer).getParam(Params.WEIGHT);
            INDArray bias = network.getLayer(layer).getParam(Params.BIAS);
            int out = (int) weight.size(0);
            int in = (int) weight.size(1);
            layers.add(new Affine(
                    matrix(network.params(), offset(weight), out, in),
                    matrix(gradients, offset(weight), out, in),
                    matrix(network.params(), offset(bias), 1, out).numbers().asBuffer(),
                    matrix(gradients, offset(bias), 1, out).numbers().asBuffer(),
                    new float[out]));
        }
    }

    private long offset(INDArray parameter) {
        return parameter.offset() - network.params().offset();
    }

    private static FloatMatrix matrix(INDArray flat, long offset, int rows, int columns) {
        FloatPointer numbers = FloatMatrix.of(flat, 1).numbers().getPointer(offset);
        return new FloatMatrix(numbers.capacity((long) rows * columns), rows, columns, columns);
    }

    /**
     * The step of such a network.
     *
     * @param gradients of all parameters, in their order
     * @param update from there on
     */
    static Optional<DenseStep> of(MultiLayerNetwork network, INDArray gradients, FusedUpdate update) {
        Layer[] layers = network.getLayers();
        int last = layers.length - 1;
        boolean dense = layers[last].conf().getLayer() instanceof LossLayer && last > 0;
        for (int layer = 0; layer <= last; layer++) {
            dense &= network.getLayerWiseConfigurations().getInputPreProcess(layer) == null;
        }
        for (int layer = 0; layer < last; layer++) {
            dense &= layers[layer].conf().getLayer() instanceof SparseLayer map && isDense(map, layer == last - 1);
        }
        return dense ? Optional.of(new DenseStep(network, gradients, update)) : Optional.empty();
    }

    private static boolean isDense(SparseLayer layer, boolean last) {
        return layer.isDenseMap()
                && layer.hasBias()
                && !layer.baseFrozen()
                && !layer.hasDecay()
                && layer.regWeight() == 0
                && layer.getIDropout() == null
                && (last
                        ? layer.getActivationFn() instanceof ActivationIdentity
                        : layer.getActivationFn().equals(RECTIFIER));
    }

    /** Takes a step on the rows chosen, whose loss is that of {@link SoftmaxCrossEntropy}; returns the mean loss. */
    double take(Examples examples, int[] chosen, int iteration, int epoch) {
        Room room = rooms.computeIfAbsent(chosen.length, Room::new);
        examples.read(chosen, room.inputs.numbers, room.targets);
        double loss = Reachable.during(
                () -> {
                    room.inputs.send();
                    room.forward();
                    double ofAnswers = room.judge();
                    room.backward();
                    return ofAnswers;
                },
                network,
                gradients);
        update.take(chosen.length, iteration, epoch);
        return loss / chosen.length;
    }

    /** A layer's parameters and their gradients, views of the flat vectors. */
    private record Affine(
            FloatMatrix weight, FloatMatrix ofWeight, FloatBuffer bias, FloatBuffer ofBias, float[] perOutput) {
        int in() {
            return weight.columns();
        }

        int out() {
            return weight.rows();
        }

        void apply(Values x, Values y, boolean rectified) {
            y.matrix.productWithTransposed(x.matrix, weight, 0);
            y.fetch();
            bias.get(0, perOutput);
            for (int from = 0; from < y.numbers.length; from += perOutput.length) {
                add(perOutput, y.numbers, from);
            }
            if (rectified) {
                rectify(y.numbers);
                y.send();
            }
        }

        void gradients(Values x, Values dy) {
            ofWeight.productOfTransposed(dy.matrix, x.matrix, 0);
            Arrays.fill(perOutput, 0);
            for (int from = 0; from < dy.numbers.length; from += perOutput.length) {
                addTo(perOutput, dy.numbers, from);
            }
            ofBias.put(0, perOutput);
        }

        private static void add(float[] row, float[] into, int from) {
            for (int i = 0; i < row.length; i++) {
                into[from + i] += row[i];
            }
        }

        private static void addTo(float[] sums, float[] of, int from) {
            for (int i = 0; i < sums.length; i++) {
                sums[i] += of[from + i];
            }
        }

        private static void rectify(float[] numbers) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = Math.max(numbers[i], 0);
            }
        }
    }

    /** A matrix in the heap, where loops are fast, and outside of it, where products are. */
    private static final class Values {
        private final float[] numbers;
        private final FloatMatrix matrix;
        private final FloatBuffer memory;

        Values(FloatPointer place, int rows, int columns) {
            numbers = new float[rows * columns];
            matrix = new FloatMatrix(place.capacity(numbers.length), rows, columns, columns);
            memory = matrix.numbers().asBuffer();
        }

        void send() {
            memory.put(0, numbers);
        }

        void fetch() {
            memory.get(0, numbers);
        }
    }

    /** What a minibatch of so many rows takes. */
    private final class Room {
        private final Values inputs;
        private final float[] targets;
        private final List<Values> outputs = new ArrayList<>();
        private final List<Values> ofOutputs = new ArrayList<>();
        private final double[] answers;
        private final double[] wanted;
        /** Of what goes through a rectifier. */
        private final float[] open;

        /** All of it in one place, as every place that is asked for costs a look at the memory of the process. */
        private final FloatPointer memory;

        private long used;

        Room(int rows) {
            int widest = layers.stream().mapToInt(Affine::out).max().orElseThrow();
            int all = layers.get(0).in()
                    + 2 * layers.stream().mapToInt(Affine::out).sum();
            open = new float[Kernel.padded(rows * widest)];
            memory = new FloatPointer((long) rows * all);
            inputs = next(rows, layers.get(0).in());
            for (Affine layer : layers) {
                outputs.add(next(rows, layer.out()));
                ofOutputs.add(next(rows, layer.out()));
            }
            answers = new double[ofOutputs.get(layers.size() - 1).numbers.length];
            wanted = new double[answers.length];
            targets = new float[answers.length];
        }

        private Values next(int rows, int columns) {
            Values next = new Values(memory.getPointer(used), rows, columns);
            used += (long) rows * columns;
            return next;
        }

        private Values inputsOf(int layer) {
            return layer == 0 ? inputs : outputs.get(layer - 1);
        }

        void forward() {
            for (int layer = 0; layer < layers.size(); layer++) {
                layers.get(layer).apply(inputsOf(layer), outputs.get(layer), layer < layers.size() - 1);
            }
        }

        /** Makes the gradient of the last layer's output; returns the loss of all rows. */
        double judge() {
            int last = layers.size() - 1;
            float[] given = outputs.get(last).numbers;
            for (int i = 0; i < given.length; i++) {
                answers[i] = given[i];
                wanted[i] = targets[i];
            }
            double loss = SoftmaxCrossEntropy.toGradient(
                    answers, wanted, layers.get(last).out());
            float[] gradient = ofOutputs.get(last).numbers;
            for (int i = 0; i < gradient.length; i++) {
                gradient[i] = (float) answers[i];
            }
            ofOutputs.get(last).send();
            return loss;
        }

        void backward() {
            for (int layer = layers.size() - 1; layer >= 0; layer--) {
                Values dy = ofOutputs.get(layer);
                layers.get(layer).gradients(inputsOf(layer), dy);
                if (layer > 0) {
                    Values dx = ofOutputs.get(layer - 1);
                    dx.matrix.product(dy.matrix, layers.get(layer).weight(), 0);
                    dx.fetch();
                    close(outputs.get(layer - 1).numbers, dx.numbers);
                    dx.send();
                }
            }
        }

        /** Makes the gradient after a rectifier that before it. */
        private void close(float[] rectified, float[] gradient) {
            System.arraycopy(rectified, 0, open, 0, rectified.length);
            Kernel.current().within(open, Float.MIN_VALUE, Float.POSITIVE_INFINITY, Kernel.padded(rectified.length));
            multiply(gradient, open);
        }

        private static void multiply(float[] numbers, float[] by) {
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] *= by[i];
            }
        }
    }
}
