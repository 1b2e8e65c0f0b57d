package org.winnow.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.winnow.activation.ResidualGate;
import org.winnow.activation.SplitRelu;
import org.winnow.operator.Linear;
import org.winnow.sparsifier.Dense;
import org.winnow.sparsifier.Params;
import org.winnow.sparsifier.Pass;

/** Gated residual blocks around small networks: the family {@code zeta-gated-residual}. */
final class ResidualCases implements CaseRunner {
    @Override
    public boolean runs(ReferenceCase reference) {
        return reference.layer().equals("GatedResidualBlock");
    }

    @Override
    public void run(ReferenceCase reference, Precision precision, Comparison comparison) {
        reference.allowConfig("sb1", "gate_module");
        INDArray x = reference.tensor("inputs", "x").array(precision);
        INDArray dy = reference.tensor("cotangent").array(precision);
        Chain branch = new Chain(reference, precision, "sb1");
        Chain gate = new Chain(reference, precision, "gate_module");
        ResidualGate residual = new ResidualGate();

        INDArray branchOutput = branch.forward(x);
        INDArray gateOutput = gate.forward(x);
        comparison.close("extra/gate", Transforms.sigmoid(gateOutput, true));
        comparison.close("outputs/y", residual.apply(x, gateOutput, branchOutput));
        List<INDArray> gradients = residual.gradients(gateOutput, branchOutput, dy);
        INDArray dx = gradients.get(0).dup();
        dx.addi(gate.backward(gradients.get(1), comparison));
        dx.addi(branch.backward(gradients.get(2), comparison));
        comparison.close("grads/x", dx);
    }

    /** Modules one after the other. */
    private static final class Chain {
        private final ReferenceCase reference;
        private final Precision precision;
        private final String name;
        private final List<INDArray> inputs = new ArrayList<>();

        Chain(ReferenceCase reference, Precision precision, String name) {
            this.reference = reference;
            this.precision = precision;
            this.name = name;
        }

        private boolean sequential() {
            return reference.text("config", name, "type").equals("Sequential");
        }

        private int size() {
            return sequential() ? reference.count("config", name, "modules") : 1;
        }

        private String[] path(int module, String key) {
            return sequential()
                    ? new String[] {"config", name, "modules", String.valueOf(module), key}
                    : new String[] {"config", name, key};
        }

        private String parameters(int module) {
            return sequential() ? name + "." + module : name;
        }

        private Linear linear(int module) {
            return new Linear((int) reference.number(path(module, "in_features")), (int)
                    reference.number(path(module, "out_features")));
        }

        private Params params(int module) {
            String prefix = parameters(module);
            Params weight = Params.of(
                    Params.WEIGHT,
                    reference.tensor("params", prefix + ".weight").array(precision));
            return reference.flag(path(module, "bias"))
                    ? weight.with(
                            Params.BIAS,
                            reference.tensor("params", prefix + ".bias").array(precision))
                    : weight;
        }

        INDArray forward(INDArray x) {
            INDArray a = x;
            for (int module = 0; module < size(); module++) {
                inputs.add(a);
                a = switch (reference.text(path(module, "type"))) {
                    case "Linear" -> new Dense().forward(linear(module), a, params(module), Pass.inference(0));
                    case "Tanh" -> Transforms.tanh(a, true);
                    case "ReLU" -> new SplitRelu().apply(a);
                    default -> throw new IllegalArgumentException("unknown module " + module + " of " + name);
                };
            }
            return a;
        }

        INDArray backward(INDArray dy, Comparison comparison) {
            INDArray da = dy;
            for (int module = size() - 1; module >= 0; module--) {
                INDArray in = inputs.get(module);
                da = switch (reference.text(path(module, "type"))) {
                    case "Linear" -> linearBackward(module, in, da, comparison);
                    case "Tanh" -> {
                        INDArray y = Transforms.tanh(in, true);
                        yield da.mul(y.mul(y).rsub(1));
                    }
                    default -> new SplitRelu().gradient(in, da);
                };
            }
            return da;
        }

        private INDArray linearBackward(int module, INDArray in, INDArray dy, Comparison comparison) {
            Params params = params(module);
            Params grads = Params.none();
            for (Map.Entry<String, INDArray> entry : params.arrays().entrySet()) {
                grads = grads.with(
                        entry.getKey(),
                        Nd4j.zeros(precision.type, entry.getValue().shape()));
            }
            INDArray dx = new Dense().backward(linear(module), in, dy, params, grads, Pass.inference(0));
            grads.arrays()
                    .forEach((key, gradient) -> comparison.close("grads/" + parameters(module) + "." + key, gradient));
            return dx;
        }
    }
}
