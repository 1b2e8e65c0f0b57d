package org.winnow.reference;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.operator.Bilinear;
import org.winnow.operator.ComplexOperator;
import org.winnow.operator.Convolution;
import org.winnow.operator.Linear;
import org.winnow.operator.Operator;
import org.winnow.operator.TransposedLinear;
import org.winnow.operator.Window;

/** Operators out of the constructor arguments of a case. */
final class ReferenceOperator {
    private ReferenceOperator() {}

    /**
     * The operator of a layer such as {@code CplxConv2dMasked}.
     *
     * @param others arguments that are read by the runner
     * @throws SkippedCase for what we refuse by decision
     */
    static Operator of(ReferenceCase reference, String... others) {
        boolean complex = reference.layer().startsWith("Cplx");
        Operator real = real(reference, complex, others);
        if (!complex) {
            return real;
        }
        return real instanceof Bilinear
                ? new ComplexOperator(real, reference.flag("config", "conjugate"))
                : new ComplexOperator(real);
    }

    private static Operator real(ReferenceCase reference, boolean complex, String... others) {
        String layer = reference.layer();
        if (layer.contains("Bilinear")) {
            allow(reference, others, "in1_features", "in2_features", "out_features", complex ? "conjugate" : "bias");
            return new Bilinear(
                    size(reference, "in1_features"), size(reference, "in2_features"), size(reference, "out_features"));
        }
        if (layer.contains("GPTConv1D")) {
            allow(reference, others, "nx", "nf");
            return new TransposedLinear(size(reference, "nx"), size(reference, "nf"));
        }
        if (layer.contains("Linear")) {
            allow(reference, others, "in_features", "out_features");
            return new Linear(size(reference, "in_features"), size(reference, "out_features"));
        }
        if (layer.contains("Conv")) {
            return convolution(reference, others);
        }
        throw new IllegalArgumentException("unknown operator of " + layer);
    }

    private static Convolution convolution(ReferenceCase reference, String... others) {
        allow(
                reference,
                others,
                "in_channels",
                "out_channels",
                "kernel_size",
                "stride",
                "padding",
                "dilation",
                "groups",
                "padding_mode");
        if (!reference.text("config", "padding_mode").equals("zeros")) {
            throw new SkippedCase("padding modes other than zeros are refused by decision");
        }
        int dimensions =
                Character.digit(reference.layer().charAt(reference.layer().indexOf("Conv") + 4), 10);
        int[] kernel = reference.sizes(dimensions, "config", "kernel_size");
        int[] stride = reference.sizes(dimensions, "config", "stride");
        int[] padding = reference.sizes(dimensions, "config", "padding");
        int[] dilation = reference.sizes(dimensions, "config", "dilation");
        List<Window> windows = IntStream.range(0, dimensions)
                .mapToObj(axis -> new Window(kernel[axis], stride[axis], padding[axis], dilation[axis]))
                .toList();
        return new Convolution(
                size(reference, "in_channels"), size(reference, "out_channels"), size(reference, "groups"), windows);
    }

    private static void allow(ReferenceCase reference, String[] others, String... own) {
        reference.allowConfig(Stream.of(Arrays.stream(own), Arrays.stream(others), Stream.of("bias"))
                .flatMap(keys -> keys)
                .toArray(String[]::new));
    }

    private static int size(ReferenceCase reference, String key) {
        return (int) reference.number("config", key);
    }
}
