package org.winnow.sparsifier;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.kernel.Shapes;
import org.winnow.operator.Operator;
import org.winnow.operator.Unit;

/** What a mask multiplies. */
public enum Masked {
    /** The weight of the operator. */
    WEIGHT(Params.WEIGHT, "") {
        @Override
        long[] unitShape(Operator op, Unit unit) {
            return op.unitShape(unit);
        }

        @Override
        long[] shape(Operator op) {
            return op.weightShape();
        }
    },
    /** The bias. */
    BIAS(Params.BIAS, "bias") {
        @Override
        long[] unitShape(Operator op, Unit unit) {
            return new long[] {op.output().numbers()};
        }

        @Override
        long[] shape(Operator op) {
            return op.output().complex()
                    ? new long[] {2, op.output().numbers()}
                    : new long[] {op.output().numbers()};
        }
    };

    private final String param;
    private final String prefix;

    Masked(String param, String prefix) {
        this.param = param;
        this.prefix = prefix;
    }

    /** One mask number for each unit. */
    abstract long[] unitShape(Operator op, Unit unit);

    /** What is masked, complex numbers with their parts on a first axis. */
    abstract long[] shape(Operator op);

    /** The parameter that is masked. */
    String param() {
        return param;
    }

    /** The parameter that belongs to the mask: {@code biasGate} for {@code gate}. */
    String maskParam(String name) {
        return prefix.isEmpty() ? name : prefix + Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** From one value for each unit to one for each weight or bias. */
    INDArray toNumbers(Operator op, INDArray perUnit) {
        return perUnit.broadcast(unitShape(op, Unit.WEIGHT));
    }

    /** From one value for each unit to the shape of the parameter. */
    INDArray toParam(Operator op, INDArray perUnit, INDArray parameter) {
        INDArray stretched = Shapes.stretch(perUnit, "mask", shape(op));
        return stretched.equalShapes(parameter) ? stretched : stretched.reshape('c', parameter.shape());
    }

    /** The transpose of {@link #toParam}: sums over the weights of each unit. */
    INDArray sumOfUnits(Operator op, Unit unit, INDArray ofParameter) {
        return isSingle(op, unit)
                ? ofParameter
                : Shapes.sumTo(ofParameter.reshape('c', shape(op)), unitShape(op, unit));
    }

    /** Whether each unit is one real weight. */
    boolean isSingle(Operator op, Unit unit) {
        return unit == Unit.WEIGHT && !op.output().complex();
    }
}
