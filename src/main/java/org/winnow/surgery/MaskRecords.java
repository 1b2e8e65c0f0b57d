package org.winnow.surgery;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.winnow.check.Check;
import org.winnow.kernel.Elements;
import org.winnow.model.MaskResult;

/** Masks of 0 and 1 as rows of the table {@code masks}, and back. */
public final class MaskRecords {
    private MaskRecords() {}

    /**
     * The rows of masks.
     *
     * @param masks {@link NamedLayers#relevance}, by the names of what they mask
     * @throws IllegalArgumentException if a mask holds another number than 0 and 1
     */
    public static List<MaskResult> of(String trialId, double threshold, State masks) {
        List<MaskResult> rows = new ArrayList<>();
        masks.arrays().forEach((name, mask) -> {
            double[] values = Elements.read(mask);
            boolean[] kept = new boolean[values.length];
            for (int i = 0; i < values.length; i++) {
                Check.that(values[i] == 0 || values[i] == 1, "mask of " + name, "of 0 and 1", values[i]);
                kept[i] = values[i] == 1;
            }
            int dot = name.lastIndexOf('.');
            String layer = name.substring(0, dot);
            rows.add(MaskResult.of(trialId, threshold, layer, name.substring(dot + 1), mask.shape(), kept));
        });
        return List.copyOf(rows);
    }

    /**
     * The masks of rows, which {@link Masks#deploy} takes; those of one trial and threshold.
     *
     * @throws IllegalArgumentException if there are two for a parameter, or a row contradicts itself
     */
    public static State masks(List<MaskResult> rows) {
        Map<String, INDArray> masks = new LinkedHashMap<>();
        for (MaskResult row : rows) {
            String name = row.layer() + "." + row.parameter();
            boolean[] kept = row.mask();
            double[] values = new double[kept.length];
            Arrays.setAll(values, i -> kept[i] ? 1 : 0);
            INDArray before = masks.put(name, Elements.write(values, DataType.FLOAT, row.shape()));
            Check.that(before == null, "masks", "of one trial and threshold", "two of " + name);
        }
        return new State(masks);
    }
}
