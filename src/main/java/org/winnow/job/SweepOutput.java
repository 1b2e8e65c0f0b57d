package org.winnow.job;

import org.winnow.model.Setting;

/** Where a sweep leaves its results: the section {@code output}. */
record SweepOutput(
        @Setting(
                value =
                        "Folder of the ledger and the tables, on any file system that Hadoop knows; a sweep that is there"
                                + " goes on. Empty: out/sweep-JOB",
                byDefault = "\"\"")
        String dir) {
    String dirOf(String job) {
        return dir.isEmpty() ? "out/sweep-" + job : dir;
    }
}
