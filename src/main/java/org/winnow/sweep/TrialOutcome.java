package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.TrialResult;

/**
 * What a trial came to.
 *
 * @param replicates trials that share it differ in their seeds alone
 * @param selected the gates that are kept
 */
public record TrialOutcome(TrialResult row, String replicates, List<Integer> selected) implements Serializable {}
