package org.winnow.model;

/**
 * What a layer costs.
 *
 * @param layer its name
 * @param weights how many weights it has, biases excluded; a complex one counts as two
 * @param kept how many of them are not 0
 * @param inputs how many of its inputs have a weight that is not 0
 * @param units how many outputs it has: neurons, or channels
 * @param flops for one example: a multiplication and an addition for each weight kept at each position, and twice as many
 *     for complex ones; biases, activations and pooling are not counted
 * @param bytes that its weights and biases take in a file, uncompressed
 */
public record LayerCost(String layer, long weights, long kept, int inputs, int units, long flops, long bytes) {}
