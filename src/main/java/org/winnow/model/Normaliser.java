package org.winnow.model;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.winnow.check.Check;

/**
 * What a network's rows go through first: each number less its shift, over its scale; and its labels, if they do too.
 *
 * @param kind by the name of the class that it was
 * @param shift of each number of a row; one alone is that of all
 * @param scale of each, above 0
 * @param labelShift of each number of a label; empty: labels stay as they are
 * @param labelScale of each, above 0
 */
public record Normaliser(String kind, double[] shift, double[] scale, double[] labelShift, double[] labelScale)
        implements Serializable {
    public Normaliser {
        Check.that(shift.length == scale.length, "scale", "as many as shifts, " + shift.length, scale.length);
        Check.that(labelShift.length == labelScale.length, "labelScale", "as many as labelShift", labelScale.length);
        Check.that(
                Stream.of(scale, labelScale)
                        .flatMapToDouble(Arrays::stream)
                        .allMatch(size -> size > 0 && Double.isFinite(size)),
                "scale",
                "finite numbers above 0",
                Arrays.toString(scale));
        Check.that(
                Stream.of(shift, labelShift).flatMapToDouble(Arrays::stream).allMatch(Double::isFinite),
                "shift",
                "finite numbers",
                Arrays.toString(shift));
    }

    /** Its numbers as bytes, for a fingerprint. */
    byte[] bytes() {
        double[] all = Stream.of(shift, scale, labelShift, labelScale)
                .flatMapToDouble(DoubleStream::of)
                .toArray();
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(all.length, Double.BYTES));
        bytes.asDoubleBuffer().put(all);
        return bytes.array();
    }
}
