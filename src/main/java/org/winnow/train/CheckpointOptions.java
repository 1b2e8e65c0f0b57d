package org.winnow.train;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.notNegative;

import java.io.Serializable;
import org.winnow.model.Setting;

/** How often the state of training is put aside: the section {@code train.checkpoint}. */
public record CheckpointOptions(
        @Setting(
                value = "Folder of checkpoints, on any file system that Hadoop knows; empty: none are written",
                byDefault = "\"\"")
        String dir,

        @Setting(value = "Rounds between checkpoints; 0: go by the minutes", byDefault = "0", unit = "rounds")
        int everyRounds,

        @Setting(value = "Minutes between checkpoints", byDefault = "5", unit = "minutes")
        double everyMinutes,

        @Setting(value = "Checkpoints kept; older ones are deleted", byDefault = "2")
        int keep)
        implements Serializable {

    public static final CheckpointOptions NONE = new CheckpointOptions("", 0, 5, 2);

    public CheckpointOptions {
        atLeast(0, everyRounds, "every_rounds");
        notNegative(everyMinutes, "every_minutes");
        atLeast(1, keep, "keep");
    }
}
