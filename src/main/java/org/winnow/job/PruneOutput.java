package org.winnow.job;

import static org.winnow.check.Check.positive;

import org.winnow.model.Setting;

/** Where a pruning leaves its results, and how it measures them: the section {@code output}. */
record PruneOutput(
        @Setting(
                value = "Folder of the results, on any file system that Hadoop knows; empty: out/JOB-TIME",
                byDefault = "\"\"")
        String dir,

        @Setting(value = "Whether results that are there already are replaced", byDefault = "false")
        boolean overwrite,

        @Setting(
                value =
                        "How long the speed of each network is measured, for many rows and for one; each of its layers a"
                                + " sixth of that",
                byDefault = "0.3",
                unit = "seconds")
        double measureSeconds) {
    PruneOutput {
        positive(measureSeconds, "measure_seconds");
    }

    /** The folder, by its default one that is named after the job and the time. */
    String dirOf(String job) {
        return new OutputOptions(dir, overwrite).dirOf(job);
    }
}
