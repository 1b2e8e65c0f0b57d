package org.winnow.model;

/**
 * A feature after selection: a line of {@code features.csv}.
 *
 * @param rank that of its gate, from 1
 * @param name of the feature
 * @param value of its gate without noise, in [0, 1]
 * @param rawValue the same before it is limited to [0, 1]; not a number where gates were not trained
 * @param activeProbability probability that its gate, with noise, is above 0; not a number where gates were not trained
 * @param shardStd standard deviation of the gate's raw value over shards; not a number where it is not known
 * @param pValue probability of as much evidence if its gate did not matter; not a number where it was not tested
 * @param qValue least false discovery rate at which its gate is kept; not a number where it was not tested
 * @param selected whether it is kept
 * @param standing where it stands among all, and how sure that is
 */
public record FeatureResult(
        int rank,
        String name,
        double value,
        double rawValue,
        double activeProbability,
        double shardStd,
        double pValue,
        double qValue,
        boolean selected,
        Standing standing) {}
