package org.winnow.model;

import java.io.Serializable;

/**
 * A network with something taken out: one row in the table of ablations.
 *
 * @param trialId the trial it belongs to
 * @param ablation what was taken out, {@code none} for the subnetwork alone
 * @param draw the number of the random draw
 * @param metric {@code accuracy}, or {@code mse} in units of the label
 * @param testMetric on held-out rows
 */
public record AblationResult(String trialId, String ablation, long draw, String metric, double testMetric)
        implements Serializable {}
