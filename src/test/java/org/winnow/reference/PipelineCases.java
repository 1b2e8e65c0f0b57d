package org.winnow.reference;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.activation.SplitRelu;
import org.winnow.gate.Reduction;
import org.winnow.kernel.Elements;
import org.winnow.kernel.Noise;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Features;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.FixedMask;
import org.winnow.sparsifier.GatedWeights;
import org.winnow.sparsifier.Lasso;
import org.winnow.sparsifier.MaskOptions;
import org.winnow.sparsifier.ParamSpec;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;
import org.winnow.sparsifier.Sparsifier;
import org.winnow.sparsifier.Sparsity;
import org.winnow.sparsifier.Variational;
import org.winnow.surgery.Binarized;
import org.winnow.surgery.Loaded;
import org.winnow.surgery.NamedLayers;
import org.winnow.surgery.State;

/** Dense, sparsifying and masked networks of two layers, and what they hand on: the family {@code cplxmodule-pipeline}. */
final class PipelineCases implements CaseRunner {
    private static final List<String> LAYERS = List.of("fc1", "fc2");
    private static final List<String> PARTS = List.of(".real", ".imag");

    @Override
    public boolean runs(ReferenceCase reference) {
        return reference.layer().equals("pipeline");
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        reference.allowConfig(
                "kind",
                "dense",
                "sparse",
                "masked",
                "layers",
                "in_features",
                "hidden",
                "out_features",
                "activation",
                "fc1_bias",
                "fc2_bias");
        if (!reference.text("config", "activation").startsWith("relu")) {
            throw new IllegalArgumentException("unknown activation " + reference.text("config", "activation"));
        }
        new Run(reference, precision, comparison).run();
    }

    private record Run(ReferenceCase reference, Precision precision, Comparison comparison) {
        void run() {
            NamedLayers dense = network(new Dense());
            dense.load(given("dense_state"), true);
            compareFeatures("extra/dense_y/y", forward(dense));

            NamedLayers sparse = network(sparsifier());
            sparse.load(dense.state(), false);
            sparse.load(given("sparse_state"), true);
            compareState("extra/sparse_state", sparse.state());
            compareFeatures("extra/sparse_eval_y/y", forward(sparse));
            comparePenalties(sparse);
            for (int i = 0; i < reference.count("extra", "stages"); i++) {
                stage(sparse, String.valueOf(i));
            }
        }

        private void comparePenalties(NamedLayers sparse) {
            String path = "extra/named_penalties/";
            sparse.penalties(Reduction.SUM, 0).forEach((name, sum) -> comparison.close(path + "sum/" + name, sum));
            sparse.penalties(Reduction.MEAN, 0).forEach((name, mean) -> comparison.close(path + "mean/" + name, mean));
            State elements = sparse.penaltyElements(0);
            LAYERS.forEach(name ->
                    comparison.close(path + "none/" + name, elements.layer(name).get(Params.WEIGHT)));
        }

        private void stage(NamedLayers sparse, String index) {
            String path = "extra/stages/" + index + "/";
            State relevance = decisions(sparse, index);
            compareMasks(path + "relevance_masks", relevance);
            compareSparsity(sparse.sparsity(relevance), path + "sparse_sparsity", path + "sparse_named_sparsity");

            Binarized binarized = Binarized.of(sparse.state(), relevance);
            compareState(path + "binarized_state", binarized.state());
            compareMasks(path + "binarized_masks", binarized.masks());

            NamedLayers masked = network(new FixedMask());
            Loaded loaded = masked.load(binarized.state(), false);
            compareNames(path + "load_missing_keys", loaded.missing());
            compareNames(path + "load_unexpected_keys", loaded.unexpected());
            masked.load(binarized.masked(), false);
            compareState(path + "masked_state", masked.state());
            compareSparsity(
                    masked.sparsity(masked.relevance(0)),
                    path + "masked_sparsity_hard",
                    path + "masked_named_sparsity_hard");
            compareGradients(masked, index);
        }

        private State decisions(NamedLayers sparse, String stage) {
            if (reference.has("extra", "stages", stage, "kwargs", "threshold")) {
                return sparse.relevance(reference.number("extra", "stages", stage, "kwargs", "threshold"));
            }
            boolean hard = reference.flag("extra", "stages", stage, "kwargs", "hard");
            return hard ? sparse.relevance(0) : sparse.gateValues();
        }

        private void compareGradients(NamedLayers masked, String stage) {
            String path = "extra/stages/" + stage + "/";
            NamedLayers.Layer first = layer(masked, "fc1");
            NamedLayers.Layer second = layer(masked, "fc2");
            Pass firstPass = Pass.inference(0);
            Pass secondPass = Pass.inference(0);
            SplitRelu relu = new SplitRelu();
            INDArray x = features("inputs", "x");
            INDArray hidden = first.sparsifier().forward(first.op(), x, first.params(), firstPass);
            INDArray active = relu.apply(hidden);
            INDArray y = second.sparsifier().forward(second.op(), active, second.params(), secondPass);
            compareFeatures(path + "outputs/y", y);

            INDArray dy = features("extra", "stages", stage, "cotangent");
            Params secondGrads = zeros(second.params());
            INDArray dActive =
                    second.sparsifier().backward(second.op(), active, dy, second.params(), secondGrads, secondPass);
            Params firstGrads = zeros(first.params());
            INDArray dx = first.sparsifier()
                    .backward(first.op(), x, relu.gradient(hidden, dActive), first.params(), firstGrads, firstPass);
            compareFeatures(path + "grads/x", dx);
            Map<String, Params> grads = new TreeMap<>(Map.of("fc1", firstGrads, "fc2", secondGrads));
            compareState(path + "grads", learnt(State.of(grads)));
        }

        private INDArray forward(NamedLayers network) {
            INDArray a = features("inputs", "x");
            for (String name : LAYERS) {
                NamedLayers.Layer layer = layer(network, name);
                INDArray in = name.equals("fc1") ? a : new SplitRelu().apply(a);
                a = layer.sparsifier().forward(layer.op(), in, layer.params(), Pass.inference(0));
            }
            return a;
        }

        private NamedLayers network(Sparsifier sparsifier) {
            Map<String, NamedLayers.Layer> layers = new LinkedHashMap<>();
            int in = (int) reference.number("config", "in_features");
            int hidden = (int) reference.number("config", "hidden");
            int out = (int) reference.number("config", "out_features");
            layers.put("fc1", layer(new Linear(in, hidden), sparsifier, reference.flag("config", "fc1_bias")));
            layers.put("fc2", layer(new Linear(hidden, out), sparsifier, reference.flag("config", "fc2_bias")));
            return new NamedLayers(layers);
        }

        private NamedLayers.Layer layer(Linear linear, Sparsifier sparsifier, boolean bias) {
            Operator op = complex() ? new ComplexOperator(linear) : linear;
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            for (ParamSpec spec : sparsifier.params(op, bias)) {
                INDArray array = Nd4j.create(precision.type, spec.shape());
                spec.initialize(array, Noise.of(1));
                arrays.put(spec.name(), array);
            }
            return new NamedLayers.Layer(op, sparsifier, new Params(arrays));
        }

        private Sparsifier sparsifier() {
            String layer = reference.text("config", "sparse");
            return switch (layer) {
                case "LinearL0" -> GatedWeights.l0(new MaskOptions());
                case "LinearLASSO" -> new Lasso();
                default -> new Variational(VariationalCases.divergence(layer));
            };
        }

        private boolean complex() {
            return reference.text("config", "dense").startsWith("Cplx");
        }

        /** A state of the case under our names: complex tensors in one, L0 gates with our sign. */
        private State given(String key) {
            Map<String, INDArray> arrays = new LinkedHashMap<>();
            for (String name : reference.names("extra", key)) {
                INDArray array = reference.tensor("extra", key, name).array(precision);
                if (name.endsWith(".real")) {
                    String base = name.substring(0, name.length() - PARTS.get(0).length());
                    INDArray imaginary =
                            reference.tensor("extra", key, base + ".imag").array(precision);
                    arrays.put(
                            base,
                            base.endsWith("bias") ? Nd4j.concat(0, array, imaginary) : Nd4j.stack(0, array, imaginary));
                } else if (!name.endsWith(".imag")) {
                    arrays.put(ours(name), name.endsWith("log_alpha") ? array.neg() : array);
                }
            }
            return new State(arrays);
        }

        private static String ours(String name) {
            return name.replace("log_sigma2", Variational.LOG_SIGMA2).replace("log_alpha", "gate");
        }

        private static String theirs(String name) {
            return name.replace(Variational.LOG_SIGMA2, "log_sigma2").replace("gate", "log_alpha");
        }

        private void compareState(String path, State state) {
            state.arrays().forEach((name, array) -> {
                INDArray values = name.endsWith("gate") ? array.neg() : array;
                boolean parts = complex() && (name.endsWith(Params.WEIGHT) || name.endsWith(Params.BIAS));
                if (!parts) {
                    compareUnsigned(path + "/" + theirs(name), values);
                    return;
                }
                INDArray halves = values.reshape('c', 2, values.length() / 2);
                IntStream.range(0, 2)
                        .forEach(part -> compareUnsigned(path + "/" + name + PARTS.get(part), halves.getRow(part)));
            });
        }

        /** Zeros have no sign, which a difference would not show. */
        private void compareUnsigned(String path, INDArray got) {
            comparison.close(path, got);
            for (double value : Elements.read(got)) {
                if (value == 0 && path.contains("binarized") && 1 / value < 0) {
                    throw new IllegalStateException("a negative zero in " + path);
                }
            }
        }

        private void compareMasks(String path, State masks) {
            LAYERS.forEach(name -> comparison.close(
                    path + "/" + name + ".mask", masks.layer(name).get(Params.WEIGHT)));
        }

        private void compareNames(String path, List<String> names) {
            List<String> sorted = names.stream().map(Run::theirs).sorted().toList();
            for (int i = 0; i < sorted.size(); i++) {
                comparison.same(path + "/" + i, sorted.get(i));
            }
        }

        private void compareSparsity(Map<String, Sparsity> named, String totalPath, String namedPath) {
            comparison.close(totalPath, Sparsity.total(named.values()).share());
            List<String> suffixes = complex() ? PARTS : List.of("");
            double share = 1.0 / suffixes.size();
            named.forEach((name, sparsity) -> suffixes.forEach(suffix -> {
                comparison.close(namedPath + "/" + name + suffix + "/0", share * sparsity.zeros());
                comparison.exact(namedPath + "/" + name + suffix + "/1", share * sparsity.size());
            }));
        }

        private INDArray features(String... path) {
            Stream<String> names = complex() ? PARTS.stream() : Stream.of("");
            String last = path[path.length - 1];
            INDArray[] parts = names.map(part -> {
                        String[] full = path.clone();
                        full[path.length - 1] = last + part;
                        return reference.tensor(full).array(precision);
                    })
                    .toArray(INDArray[]::new);
            return parts.length == 1 ? parts[0] : Nd4j.concat(parts[0].rank() - 1, parts);
        }

        private void compareFeatures(String path, INDArray got) {
            if (!complex()) {
                comparison.close(path, got);
                return;
            }
            Features features = Features.complexOf(Features.Axis.LAST, got.shape());
            IntStream.range(0, 2)
                    .forEach(part -> comparison.close(path + PARTS.get(part), features.part(got, 0, part)));
        }

        private static State learnt(State grads) {
            Map<String, INDArray> learnt = new LinkedHashMap<>(grads.arrays());
            learnt.keySet().removeIf(name -> name.endsWith(FixedMask.MASK));
            return new State(learnt);
        }

        private static Params zeros(Params params) {
            Map<String, INDArray> zeros = new LinkedHashMap<>();
            params.arrays().forEach((name, array) -> zeros.put(name, array.like()));
            return new Params(zeros);
        }

        private static NamedLayers.Layer layer(NamedLayers network, String name) {
            return Objects.requireNonNull(network.layers().get(name));
        }
    }
}
