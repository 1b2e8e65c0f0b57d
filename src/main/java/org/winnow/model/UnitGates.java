package org.winnow.model;

/**
 * The gates of a layer without noise, as pruning decides on them.
 *
 * @param layer its name
 * @param parameter that they multiply, {@code weight} or {@code bias}
 * @param shape of the gates, which stretches to that of the parameter as NumPy does
 * @param values in [0, 1], in row-major order
 */
public record UnitGates(String layer, String parameter, long[] shape, float[] values) {}
