package org.winnow.model;

import java.io.Serializable;

/**
 * A network as plain data: what it is and what it has learned.
 *
 * @param configuration the DL4J configuration as JSON
 * @param parameters all parameters, flat, in the network's own order
 */
public record NetworkState(String configuration, float[] parameters) implements Serializable {}
