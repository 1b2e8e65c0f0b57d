package org.winnow.train;

import org.winnow.model.GateStatistics;
import org.winnow.model.Score;

/**
 * What a round comes to over all shards.
 *
 * @param samples rows taken
 * @param loss mean over them
 * @param parameters mean over the shards, weighted by the rows they took
 * @param updaterState the same of the updater's state; empty where it is not averaged
 */
record RoundMean(
        long samples, double loss, float[] parameters, Packed updaterState, GateStatistics gates, Score heldOut) {}
