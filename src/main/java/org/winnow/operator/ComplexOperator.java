package org.winnow.operator;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.check.Check;
import org.winnow.kernel.Views;

/**
 * A real operator for complex numbers. As it is linear in its weight and in each of its inputs, it is a sum of real terms,
 * one for each choice of parts:
 *
 * <pre>{@code
 * f(x; w) = sum i^(p1 + ... + q) f(x1.p1, ...; w.q)     p, q: 0 the real part, 1 the imaginary
 * }</pre>
 *
 * Numbers are halves of the feature axis, as {@link Features} says; weights have an axis of size 2 in front.
 *
 * @param base the real operator
 * @param conjugate whether the first of two inputs is conjugated, as in a Hermitian form
 */
public record ComplexOperator(Operator base, boolean conjugate) implements Operator {
    public ComplexOperator {
        Check.that(!base.output().complex(), "base", "a real operator", base);
        Check.that(
                !conjugate || base.input().sizes().size() > 1,
                "conjugate",
                "false for an operator of one input",
                conjugate);
    }

    /** With the first of two inputs conjugated, or a single one as it is. */
    public ComplexOperator(Operator base) {
        this(base, base.input().sizes().size() > 1);
    }

    @Override
    public Features input() {
        return base.input().asComplex();
    }

    @Override
    public Features output() {
        return base.output().asComplex();
    }

    @Override
    public long[] weightShape() {
        return LongStream.concat(LongStream.of(2), LongStream.of(base.weightShape()))
                .toArray();
    }

    @Override
    public long[] unitShape(Unit unit) {
        return base.unitShape(unit);
    }

    @Override
    public long[] outputShape(long... inputShape) {
        long[] real = base.outputShape(input().replacedBy(base.input(), inputShape));
        return base.output().replacedBy(output(), real);
    }

    @Override
    public INDArray apply(INDArray x, INDArray w) {
        INDArray y = Nd4j.zeros(x.dataType(), outputShape(x.shape()));
        forEachTerm(term -> {
            INDArray of = base.apply(input().select(x, term.parts), half(w, term.ofWeight));
            output().part(y, 0, term.ofOutput).addi(of.muli(term.sign));
        });
        return y;
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        INDArray dx = Nd4j.zeros(x.dataType(), x.shape());
        forEachTerm(term -> {
            INDArray dPart = output().part(dy, 0, term.ofOutput);
            INDArray of = base.inputGradient(input().select(x, term.parts), half(w, term.ofWeight), dPart);
            input().addToSelected(dx, term.parts, term.sign, of);
        });
        return dx;
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        forEachTerm(term -> {
            INDArray dPart = output().part(dy, 0, term.ofOutput).mul(term.sign);
            base.addWeightGradient(input().select(x, term.parts), dPart, half(into, term.ofWeight));
        });
    }

    @Override
    public Operator ofSquares() {
        return base;
    }

    @Override
    public INDArray weightsOfInputs(INDArray perInput) {
        return base.weightsOfInputs(perInput);
    }

    /**
     * A term of the sum.
     *
     * @param parts which part of each input
     * @param ofWeight which part of the weight
     * @param ofOutput which part of y it belongs to
     * @param sign 1 or -1
     */
    private record Term(int[] parts, int ofWeight, int ofOutput, int sign) {}

    private void forEachTerm(Consumer<Term> action) {
        int inputs = base.input().sizes().size();
        for (int choice = 0; choice < 2 << inputs; choice++) {
            int[] parts = new int[inputs];
            int bits = choice;
            Arrays.setAll(parts, input -> bits >> (input + 1) & 1);
            int ofWeight = choice & 1;
            int power = Integer.bitCount(choice);
            boolean negative = (power & 2) != 0 ^ (conjugate && parts[0] == 1);
            action.accept(new Term(parts, ofWeight, power & 1, negative ? -1 : 1));
        }
    }

    private static INDArray half(INDArray w, int part) {
        return Views.point(w, 0, part);
    }
}
