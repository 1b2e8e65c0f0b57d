package org.winnow.job;

import org.winnow.model.Setting;

/** Where a job leaves its results: the section {@code output}. */
record OutputOptions(
        @Setting(
                value = "Folder of the results, on any file system that Hadoop knows; empty: out/JOB-TIME",
                byDefault = "\"\"")
        String dir,

        @Setting(value = "Whether results that are there already are replaced", byDefault = "false")
        boolean overwrite) {}
