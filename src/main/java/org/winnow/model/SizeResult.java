package org.winnow.model;

/**
 * What the first gates of a ranking are worth: a row of the table of sizes.
 *
 * @param trialId the trial it belongs to
 * @param size how many of the first
 * @param gate the last of them
 * @param name its name
 * @param metric {@code accuracy}, or {@code mse} in units of the label
 * @param validationMetric of a network that sees them alone, on training rows that it did not learn from
 */
public record SizeResult(String trialId, int size, int gate, String name, String metric, double validationMetric) {}
