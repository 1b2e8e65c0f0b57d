package org.winnow.sweep;

import java.util.Map;
import org.winnow.data.DataOptions;
import org.winnow.train.TrainOptions;

/**
 * A trial's configuration, read and checked.
 *
 * @param options of the job, without where rows are and results go
 * @param data where the rows are
 * @param train how the rows are split, and where rounds are taken
 * @param params every key with its value, as the job itself would keep them
 */
public record Configured<C>(C options, DataOptions data, TrainOptions train, Map<String, String> params) {}
