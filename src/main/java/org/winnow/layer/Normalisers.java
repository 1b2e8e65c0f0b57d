package org.winnow.layer;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.stream.DoubleStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.model.Normaliser;

/**
 * Normalisers as ND4J's {@code NormalizerSerializer} writes them: a header with the kind, then its numbers. ND4J itself
 * would load the class that a custom one names.
 */
final class Normalisers {
    private static final String HEADER = "NORMALIZER";
    private static final int VERSION = 1;

    private Normalisers() {}

    /** @throws IOException if the bytes are no normaliser, or one of a kind that is not carried */
    static Normaliser read(byte[] file) throws IOException {
        try {
            return normaliser(file);
        } catch (EOFException e) {
            throw new IOException("normalizer.bin ends too early", e);
        }
    }

    private static Normaliser normaliser(byte[] file) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        if (!in.readUTF().equals(HEADER) || in.readInt() != VERSION) {
            throw new IOException("normalizer.bin does not begin as ND4J's normalisers do");
        }
        String kind = in.readUTF();
        return switch (kind) {
            case "STANDARDIZE" -> standardise(in);
            case "MIN_MAX" -> minMax(in);
            case "IMAGE_MIN_MAX" -> image(in);
            default ->
                throw new IOException("its normaliser is of the kind " + kind
                        + "; carried are STANDARDIZE, MIN_MAX and IMAGE_MIN_MAX");
        };
    }

    private static Normaliser standardise(DataInputStream in) throws IOException {
        boolean ofLabels = in.readBoolean();
        double[] mean = numbers(in);
        double[] deviation = atLeastThreshold(numbers(in));
        double[] labelMean = ofLabels ? numbers(in) : new double[0];
        double[] labelDeviation = ofLabels ? atLeastThreshold(numbers(in)) : new double[0];
        return new Normaliser("NormalizerStandardize", mean, deviation, labelMean, labelDeviation);
    }

    private static Normaliser minMax(DataInputStream in) throws IOException {
        boolean ofLabels = in.readBoolean();
        double low = in.readDouble();
        double high = in.readDouble();
        double[][] inputs = affine(numbers(in), numbers(in), low, high);
        double[][] labels =
                ofLabels ? affine(numbers(in), numbers(in), low, high) : new double[][] {new double[0], new double[0]};
        return new Normaliser("NormalizerMinMaxScaler", inputs[0], inputs[1], labels[0], labels[1]);
    }

    private static Normaliser image(DataInputStream in) throws IOException {
        double low = in.readDouble();
        double high = in.readDouble();
        double[][] inputs = affine(new double[] {0}, new double[] {in.readDouble()}, low, high);
        return new Normaliser("ImagePreProcessingScaler", inputs[0], inputs[1], new double[0], new double[0]);
    }

    /** Shifts and scales of what takes {@code least} to {@code low} and {@code largest} to {@code high}. */
    private static double[][] affine(double[] least, double[] largest, double low, double high) {
        double[] range = new double[least.length];
        for (int i = 0; i < range.length; i++) {
            range[i] = largest[i] - least[i];
        }
        double[] scale = DoubleStream.of(atLeastThreshold(range))
                .map(size -> size / (high - low))
                .toArray();
        double[] shift = new double[least.length];
        for (int i = 0; i < shift.length; i++) {
            shift[i] = least[i] - low * scale[i];
        }
        return new double[][] {shift, scale};
    }

    /** ND4J divides by no less. */
    private static double[] atLeastThreshold(double... sizes) {
        return DoubleStream.of(sizes)
                .map(size -> Math.max(size, Nd4j.EPS_THRESHOLD))
                .toArray();
    }

    private static double[] numbers(DataInputStream in) throws IOException {
        INDArray array = PlainArrays.read(in);
        return array.dup('c').data().asDouble();
    }
}
