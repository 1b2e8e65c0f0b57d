package org.winnow.train;

import org.apache.hadoop.conf.Configuration;

/**
 * What surrounds a training run.
 *
 * @param name of the trial, a hyphen, and the network that it trains; checkpoints of another name are not resumed from
 * @param hadoop finds the file systems of checkpoints
 * @param listener hears of every round
 */
public record Run(String name, Configuration hadoop, Round.Listener listener) {
    /** Whether a file's name is that of a checkpoint of the same trial, but of another of its networks. */
    boolean isSiblingOf(String file) {
        String trial = name.split("-", 2)[0] + "-";
        return file.startsWith(trial) && !file.startsWith(name + "-");
    }
}
