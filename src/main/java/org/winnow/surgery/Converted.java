package org.winnow.surgery;

import java.util.List;

/**
 * A network with sparse layers in the place of dense ones.
 *
 * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}
 * @param matched names of the layers that were converted, in the order of the network
 * @param unmatched names of the others
 * @param loaded which arrays it has from the dense one: missing are those of the sparsifiers
 */
public record Converted<N>(N network, List<String> matched, List<String> unmatched, Loaded loaded) {
    public Converted {
        matched = List.copyOf(matched);
        unmatched = List.copyOf(unmatched);
    }
}
