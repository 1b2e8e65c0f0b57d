package org.winnow.prune;

import java.io.Serializable;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * The network before anything is dropped.
 *
 * @param score on held-out rows; none of a network that has learned nothing yet
 * @param early what rewinding goes back to
 */
public record DenseNetwork(NetworkState network, Score score, NetworkState early) implements Serializable {}
