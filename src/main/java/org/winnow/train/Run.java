package org.winnow.train;

import org.apache.hadoop.conf.Configuration;

/**
 * What surrounds a training run.
 *
 * @param name of configuration, data and network; checkpoints of another name are not resumed from
 * @param hadoop finds the file systems of checkpoints
 * @param listener hears of every round
 */
public record Run(String name, Configuration hadoop, Round.Listener listener) {}
