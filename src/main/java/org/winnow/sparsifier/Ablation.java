package org.winnow.sparsifier;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.gate.NoiseKind;
import org.winnow.kernel.Elements;

/**
 * What to take out of a layer to see what a mask's subnetwork does, as in Lepori, Serre, Pavlick 2023, arXiv:2310.07919
 * ("NeuroSurgeon").
 *
 * @param kind what is taken out
 * @param draw the number of the random draw, at least 0: the same draw gives the same sample
 */
public record Ablation(Kind kind, long draw) implements Serializable {
    /** Nothing is taken out. */
    public static final Ablation NONE = new Ablation(Kind.NONE);

    /** What is taken out, or put in its place. */
    public enum Kind {
        /** Nothing: the mask itself. */
        NONE,
        /** The subnetwork. */
        ZERO,
        /** The subnetwork, replaced by newly initialised weights. */
        RANDOM,
        /** As many units as the subnetwork has, anywhere. */
        RANDOMLY_SAMPLED,
        /** As many units as the subnetwork has, outside of it. */
        COMPLEMENT_SAMPLED
    }

    public Ablation {
        Check.that(draw >= 0, "draw", "at least 0", draw);
    }

    public Ablation(Kind kind) {
        this(kind, 0);
    }

    /** The same with a new sample, for weight and bias alike. */
    public Ablation resampled() {
        return new Ablation(kind, draw + 1);
    }

    /** The mask to use where the subnetwork is 1 in {@code kept}, one number for each unit. */
    INDArray mask(INDArray kept, String name, Pass pass) {
        return switch (kind) {
            case NONE -> kept;
            case ZERO, RANDOM -> kept.rsub(1);
            case RANDOMLY_SAMPLED -> without(kept, sampled(kept, name, pass, 0));
            case COMPLEMENT_SAMPLED -> without(kept, sampled(kept, name, pass, 2));
        };
    }

    /** What {@link Pass} calls the draw for an array. */
    String drawName(String name) {
        return kind.name() + "." + name + "." + draw;
    }

    /** As many units as are kept: those of the lowest scores, which are random, plus a handicap for the kept ones. */
    private int[] sampled(INDArray kept, String name, Pass pass, int handicap) {
        double[] one = Elements.read(kept);
        int count = (int) IntStream.range(0, one.length).filter(i -> one[i] > 0).count();
        Check.that(
                handicap == 0 || 2 * count <= one.length,
                "subnetwork of " + name,
                "at most half of the units, so that as many are outside of it",
                count + " of " + one.length);
        double[] scores =
                Elements.read(pass.drawForAblation(drawName(name), NoiseKind.UNIFORM, kept.dataType(), kept.shape()));
        return IntStream.range(0, one.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i] + handicap * one[i]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private static INDArray without(INDArray pattern, int[] dropped) {
        double[] mask = new double[Math.toIntExact(pattern.length())];
        Arrays.fill(mask, 1);
        for (int unit : dropped) {
            mask[unit] = 0;
        }
        return Elements.like(pattern, mask);
    }
}
