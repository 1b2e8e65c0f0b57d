package org.winnow.data;

import java.io.Serializable;

/**
 * A row to predict for.
 *
 * @param row its number over all files, from 1
 * @param inputs the network's inputs
 */
public record EncodedRow(long row, float[] inputs) implements Serializable {}
