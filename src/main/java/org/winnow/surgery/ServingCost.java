package org.winnow.surgery;

import java.util.Arrays;
import org.winnow.layer.NetworkStates;
import org.winnow.model.LayerCost;
import org.winnow.model.NetworkState;
import org.winnow.serve.SparseNetwork;
import org.winnow.serve.Speed;

/**
 * What a masked network costs at work, made small.
 *
 * @param flops for one example, as {@link LayerCost} counts them: the same on every machine
 * @param latencyMicros of one row, measured here and now, in microseconds
 */
public record ServingCost(long flops, double latencyMicros) {
    /**
     * Counts and measures.
     *
     * @param width how many numbers a row has
     * @param seconds as {@link Speed#latencyMicros} takes them
     */
    public static ServingCost of(NetworkState masked, int width, double seconds) {
        Compact compact = Compaction.of(RealForm.of(NetworkStates.restore(masked)), Compaction.Inputs.USED);
        SparseNetwork sparse = SparseExport.of(compact, width);
        long flops = LayerCosts.of(compact.network(), compact.inputs().length).stream()
                .mapToLong(LayerCost::flops)
                .sum();
        float[] row = Arrays.copyOf(Delivery.randomRows(width), width);
        return new ServingCost(flops, Speed.latencyMicros(sparse::answer, row, seconds));
    }
}
