package org.winnow.prune;

import org.winnow.model.NetworkState;

/**
 * Where masks and weights come from.
 *
 * @param decides the network that masks are made of
 * @param weights the one whose weights are kept
 * @param loss of a training row in the last round before, penalty included; not a number if there was none
 */
record Source(NetworkState decides, NetworkState weights, double loss) {}
