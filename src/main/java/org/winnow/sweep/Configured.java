package org.winnow.sweep;

import java.util.Map;
import org.winnow.data.DataOptions;

/**
 * A trial's configuration, read and checked.
 *
 * @param options of the job, without where rows are and results go
 * @param data where the rows are
 * @param shards and seed: how the rows are split
 * @param params every key with its value, as the job itself would keep them
 */
public record Configured<C>(C options, DataOptions data, int shards, long seed, Map<String, String> params) {}
