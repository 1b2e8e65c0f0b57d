package org.winnow.operator;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Views;
import org.winnow.kernel.Zeros;

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
        long[] shape = outputShape(x.shape());
        if (isFloatLinear(x)) {
            return floatLinear(x).apply(x, w, shape);
        }
        Sum[] parts = {new Sum(), new Sum()};
        forEachTerm(real(x), term -> {
            INDArray of = base.apply(input().select(x, term.parts), half(w, term.ofWeight));
            parts[term.ofOutput].add(of, term.sign);
        });
        return output().ofParts(parts[0].value(), parts[1].value());
    }

    @Override
    public INDArray inputGradient(INDArray x, INDArray w, INDArray dy) {
        if (isFloatLinear(x)) {
            output().check(dy, "dy");
            return floatLinear(x).inputGradient(x, w, dy);
        }
        int inputs = base.input().sizes().size();
        Sum[] sums = Stream.generate(Sum::new).limit(2L * inputs).toArray(Sum[]::new);
        forEachTerm(new boolean[inputs], term -> {
            INDArray dPart = output().part(dy, 0, term.ofOutput);
            INDArray of = base.inputGradient(input().select(x, term.parts), half(w, term.ofWeight), dPart);
            for (int i = 0; i < inputs; i++) {
                sums[2 * i + term.parts[i]].add(base.input().part(of, i, 0), term.sign);
            }
        });
        return input().join(Arrays.stream(sums).map(Sum::value).toList());
    }

    @Override
    public void addWeightGradient(INDArray x, INDArray dy, INDArray into) {
        if (isFloatLinear(x)) {
            floatLinear(x).weightGradient(x, dy, into, true);
            return;
        }
        forEachTerm(real(x), term -> {
            INDArray dPart = output().part(dy, 0, term.ofOutput);
            INDArray signed = term.sign < 0 ? dPart.neg() : dPart;
            base.addWeightGradient(input().select(x, term.parts), signed, half(into, term.ofWeight));
        });
    }

    @Override
    public void weightGradient(INDArray x, INDArray dy, INDArray into) {
        if (isFloatLinear(x)) {
            floatLinear(x).weightGradient(x, dy, into, false);
        } else {
            Operator.super.weightGradient(x, dy, into);
        }
    }

    private boolean isFloatLinear(INDArray x) {
        return base instanceof Linear && x.dataType() == DataType.FLOAT;
    }

    private FloatComplexLinear floatLinear(INDArray x) {
        return new FloatComplexLinear((Linear) base, real(x)[0]);
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

    /** A sum of arrays. */
    private static final class Sum {
        private @Nullable INDArray value;

        void add(INDArray array, int sign) {
            if (value == null) {
                value = sign < 0 ? array.negi() : array;
            } else if (sign < 0) {
                value.subi(array);
            } else {
                value.addi(array);
            }
        }

        INDArray value() {
            return Objects.requireNonNull(value);
        }
    }

    /** Which inputs have no imaginary parts but zeros, so that there is no term of theirs. */
    private boolean[] real(INDArray x) {
        boolean[] real = new boolean[base.input().sizes().size()];
        for (int i = 0; i < real.length; i++) {
            real[i] = Zeros.all(input().part(x, i, 1));
        }
        return real;
    }

    private void forEachTerm(boolean[] real, Consumer<Term> action) {
        int inputs = real.length;
        for (int choice = 0; choice < 2 << inputs; choice++) {
            int[] parts = new int[inputs];
            int bits = choice;
            Arrays.setAll(parts, input -> bits >> (input + 1) & 1);
            if (IntStream.range(0, inputs).anyMatch(input -> real[input] && parts[input] == 1)) {
                continue;
            }
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
