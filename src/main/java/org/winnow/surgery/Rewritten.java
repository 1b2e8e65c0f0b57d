package org.winnow.surgery;

/**
 * A network made from another one.
 *
 * @param network a {@code MultiLayerNetwork} or a {@code ComputationGraph}
 * @param loaded which arrays it has from the other one
 */
public record Rewritten<N>(N network, Loaded loaded) {}
