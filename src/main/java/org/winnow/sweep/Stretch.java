package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.train.Leg;

/**
 * A part of a training, paused to be compared.
 *
 * @param state to go on from
 * @param rounds so far
 * @param seconds so far
 */
public record Stretch(Leg.Paused state, Rung rung, List<RoundRow> rounds, double seconds) implements Serializable {}
