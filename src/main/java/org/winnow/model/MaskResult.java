package org.winnow.model;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.winnow.check.Check;

/**
 * Which entries of a parameter are kept at a threshold: a row of the table {@code masks}.
 *
 * @param trialId the trial it belongs to
 * @param threshold that decided
 * @param layer name of the layer
 * @param parameter that is masked, {@code weight} or {@code bias}
 * @param shape of the mask, which stretches to that of the parameter as NumPy does
 * @param total how many entries the mask has
 * @param kept how many of them are kept
 * @param encoding what {@code indices} lists: {@link #INDICES} or {@link #RUNS}, whichever is shorter
 * @param indices the kept entries in row-major order, rising; or first entry and length of each run of kept ones, in turn
 */
public record MaskResult(
        String trialId,
        double threshold,
        String layer,
        String parameter,
        long[] shape,
        long total,
        long kept,
        String encoding,
        long[] indices)
        implements Serializable {
    /** Every kept entry is listed. */
    public static final String INDICES = "indices";

    /** Runs of kept entries are listed. */
    public static final String RUNS = "runs";

    /**
     * The row of a mask.
     *
     * @param mask whether each entry is kept, in row-major order
     */
    public static MaskResult of(
            String trialId, double threshold, String layer, String parameter, long[] shape, boolean[] mask) {
        long[] indices = IntStream.range(0, mask.length)
                .filter(i -> mask[i])
                .asLongStream()
                .toArray();
        long[] runs = runs(indices);
        boolean listed = indices.length <= runs.length;
        return new MaskResult(
                trialId,
                threshold,
                layer,
                parameter,
                shape,
                mask.length,
                indices.length,
                listed ? INDICES : RUNS,
                listed ? indices : runs);
    }

    /**
     * Whether each entry is kept, in row-major order.
     *
     * @throws IllegalArgumentException if the columns contradict one another
     */
    public boolean[] mask() {
        String name = "mask of " + layer + "." + parameter;
        long size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
        Check.that(size == total && total <= Integer.MAX_VALUE, name, "of as many entries as its shape has", total);
        boolean[] mask = new boolean[(int) total];
        long before = -1;
        long set = 0;
        long[] runs = runs(name);
        for (int i = 0; i < runs.length; i += 2) {
            long from = runs[i];
            long length = runs[i + 1];
            boolean fits = from > before && length > 0 && length <= total - from;
            Check.that(fits, name, "of rising entries below " + total, length + " from " + from + " on");
            Arrays.fill(mask, (int) from, (int) (from + length), true);
            before = from + length - 1;
            set += length;
        }
        Check.that(set == kept, name, "of " + kept + " entries kept", set);
        return mask;
    }

    /** First entry and length of each run; those of single entries need not be the longest possible. */
    private long[] runs(String name) {
        boolean listed = encoding.equals(INDICES);
        boolean known = listed || (encoding.equals(RUNS) && indices.length % 2 == 0);
        Check.that(known, name, "encoded as " + INDICES + ", or as " + RUNS + " in pairs", encoding);
        return listed
                ? LongStream.of(indices)
                        .flatMap(index -> LongStream.of(index, 1))
                        .toArray()
                : indices;
    }

    private static long[] runs(long... indices) {
        LongStream.Builder runs = LongStream.builder();
        int from = 0;
        for (int i = 1; i <= indices.length; i++) {
            if (i == indices.length || indices[i] != indices[i - 1] + 1) {
                runs.add(indices[from]).add(i - from);
                from = i;
            }
        }
        return runs.build().toArray();
    }
}
