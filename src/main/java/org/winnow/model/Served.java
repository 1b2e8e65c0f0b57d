package org.winnow.model;

/**
 * A network as it is served: one row of {@code serving.csv}.
 *
 * @param network which one
 * @param rowsPerSecond on one core, many rows at once
 * @param latencyMicros of a single row, in microseconds
 * @param bytes of its file
 */
public record Served(String network, double rowsPerSecond, double latencyMicros, long bytes) {}
