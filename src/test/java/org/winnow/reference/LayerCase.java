package org.winnow.reference;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.kernel.Noise;
import org.winnow.operator.Features;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Draws;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;

/** One sparsifier on one operator with the numbers of a case, complex tensors put together from their parts. */
final class LayerCase {
    private static final List<String> PARTS = List.of("real", "imag");

    final ReferenceCase reference;
    final Precision precision;
    final Comparison comparison;
    final Operator op;
    final Sparsifier sparsifier;
    final Params params;
    private final Map<String, Known> known;

    /**
     * What a case calls a parameter of ours.
     *
     * @param sign -1 if it means the opposite
     */
    record Known(String name, int sign) {
        Known(String name) {
            this(name, 1);
        }
    }

    /**
     * The layer of a case.
     *
     * @param known the parameters of the sparsifier that the case gives; others, and all if it gives none, have the first
     *     values of training
     */
    LayerCase(
            ReferenceCase reference,
            Precision precision,
            Comparison comparison,
            Operator op,
            Sparsifier sparsifier,
            Map<String, Known> known) {
        this.reference = reference;
        this.precision = precision;
        this.comparison = comparison;
        this.op = op;
        this.sparsifier = sparsifier;
        this.known = known;
        this.params = params();
    }

    private Params params() {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        for (ParamSpec spec : specs()) {
            INDArray array = Nd4j.create(precision.type, spec.shape());
            if (spec.kind() != ParamSpec.Kind.SPARSIFIER
                    && !reference.names("params").isEmpty()) {
                array.assign(parts(spec.name()).reshape('c', spec.shape()));
            } else if (known.containsKey(spec.name())) {
                Known theirs = Objects.requireNonNull(known.get(spec.name()));
                INDArray values = reference.tensor("params", theirs.name()).array(precision);
                array.assign(values.mul(theirs.sign()).reshape('c', spec.shape()));
            } else {
                spec.initialize(array, Noise.of(0));
            }
            arrays.put(spec.name(), array);
        }
        return new Params(arrays);
    }

    /** The parameters of the layer. */
    List<ParamSpec> specs() {
        return sparsifier.params(op, reference.layer().contains("GPT") || reference.flag("config", "bias"));
    }

    private INDArray parts(String name) {
        if (!op.output().complex()) {
            return reference.tensor("params", name).array(precision);
        }
        INDArray[] parts = PARTS.stream()
                .map(part -> reference.tensor("params", name + "." + part).array(precision))
                .toArray(INDArray[]::new);
        return Nd4j.concat(0, parts);
    }

    /** The inputs, joined. */
    INDArray x() {
        return joined(op.input(), "inputs", "x", "x2");
    }

    INDArray cotangent() {
        if (op.output().complex()) {
            INDArray[] parts = PARTS.stream()
                    .map(part -> reference.tensor("cotangent." + part).array(precision))
                    .toArray(INDArray[]::new);
            return Nd4j.concat(axis(op.output(), parts[0]), parts);
        }
        return reference.tensor("cotangent").array(precision);
    }

    /** Tensors that are joined as features are. */
    INDArray joined(Features features, String key, String... inputs) {
        INDArray[] pieces = IntStream.range(0, features.sizes().size())
                .boxed()
                .flatMap(i ->
                        features.complex() ? PARTS.stream().map(part -> inputs[i] + "." + part) : Stream.of(inputs[i]))
                .map(name -> reference.tensor(key, name).array(precision))
                .toArray(INDArray[]::new);
        return pieces.length == 1 ? pieces[0] : Nd4j.concat(axis(features, pieces[0]), pieces);
    }

    private static int axis(Features features, INDArray a) {
        return features.axis() == Features.Axis.LAST ? a.rank() - 1 : 1;
    }

    /** What we call the noise of the case, if there is any. */
    Map<String, INDArray> noise(String... oursAndTheirs) {
        Map<String, INDArray> noise = new HashMap<>();
        for (int i = 0; i < oursAndTheirs.length; i += 2) {
            if (reference.has("noise", oursAndTheirs[i + 1])) {
                noise.put(
                        oursAndTheirs[i],
                        reference.tensor("noise", oursAndTheirs[i + 1]).array(precision));
            }
        }
        return noise;
    }

    /** A pass of the case's mode, with noise under the names of our draws. */
    Pass pass(Map<String, INDArray> noise) {
        return reference.training()
                ? Pass.training(0, Draws.recorded(noise))
                : Pass.inference(0, Draws.recorded(noise));
    }

    /** Compares output and gradients of {@code sum(G y) + penalty}. */
    void compareOutputsAndGradients(Pass pass, boolean withPenalty) {
        INDArray x = x();
        compareFeatures("outputs", op.output(), sparsifier.forward(op, x, params, pass), "y");
        Map<String, INDArray> zeros = new HashMap<>();
        params.arrays().forEach((name, array) -> zeros.put(name, Nd4j.zeros(precision.type, array.shape())));
        Params grads = new Params(zeros);
        INDArray dx = sparsifier.backward(op, x, cotangent(), params, grads, pass);
        if (withPenalty) {
            sparsifier.addPenaltyGradient(op, params, pass.epoch(), 1, grads);
        }
        compareFeatures("grads", op.input(), dx, "x", "x2");
        for (ParamSpec spec : specs()) {
            if (spec.trainable()) {
                compareGradient(spec, grads.get(spec.name()));
            }
        }
    }

    /** Compares features with the tensors of each input. */
    void compareFeatures(String path, Features features, INDArray got, String... inputs) {
        for (int input = 0; input < features.sizes().size(); input++) {
            if (features.complex()) {
                comparison.close(path + "/" + inputs[input] + ".real", features.part(got, input, 0));
                comparison.close(path + "/" + inputs[input] + ".imag", features.part(got, input, 1));
            } else {
                comparison.close(path + "/" + inputs[input], features.part(got, input, 0));
            }
        }
    }

    private void compareGradient(ParamSpec spec, INDArray got) {
        if (spec.kind() == ParamSpec.Kind.SPARSIFIER) {
            Known theirs = Objects.requireNonNull(known.get(spec.name()));
            comparison.close("grads/" + theirs.name(), got.mul(theirs.sign()));
        } else {
            compareParts("grads/" + spec.name(), got);
        }
    }

    /** Compares an array like the weight or the bias. */
    void compareParts(String path, INDArray got) {
        if (op.output().complex()) {
            INDArray halves = got.reshape('c', 2, got.length() / 2);
            comparison.close(path + ".real", halves.getRow(0));
            comparison.close(path + ".imag", halves.getRow(1));
        } else {
            comparison.close(path, got);
        }
    }

    /** Compares penalties one by one, their sum and their mean. */
    void comparePenalties() {
        INDArray penalties = Objects.requireNonNull(
                sparsifier.penalties(op, params, 0).arrays().values().iterator().next());
        comparison.close("penalty_elementwise", penalties);
        comparison.close("penalty_sum", sparsifier.penalty(op, params, 0));
        comparison.close("penalty_mean", penalties.meanNumber().doubleValue());
    }

    /** Compares relevance and sparsity at each threshold of the case. */
    void compareThresholds() {
        for (int i = 0; i < reference.count("extra", "thresholds"); i++) {
            String path = "extra/thresholds/" + i;
            double threshold = reference.number("extra", "thresholds", String.valueOf(i), "threshold");
            Params relevance = sparsifier.relevance(op, params, threshold);
            comparison.exact(path + "/relevance", relevance.get(Params.WEIGHT));
            compareSparsity(relevance, path + "/sparsity", path + "/named_sparsity");
        }
    }

    /** Compares the share of zeros, in total and by parameter, with {@code [zeros, size]} for each part. */
    void compareSparsity(Params relevance, String totalPath, String namedPath) {
        Map<String, Sparsity> named = Sparsity.of(op, params, relevance);
        comparison.close(totalPath, Sparsity.total(named.values()).share());
        List<String> suffixes = op.output().complex() ? List.of(".real", ".imag") : List.of("");
        double share = 1.0 / suffixes.size();
        named.forEach((name, sparsity) -> suffixes.forEach(suffix -> {
            comparison.close(namedPath + "/" + name + suffix + "/0", share * sparsity.zeros());
            comparison.exact(namedPath + "/" + name + suffix + "/1", share * sparsity.size());
        }));
    }
}
