package org.winnow.job;

import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.winnow.model.Setting;

/** Where a job leaves its results: the section {@code output}. */
record OutputOptions(
        @Setting(
                value = "Folder of the results, on any file system that Hadoop knows; empty: out/JOB-TIME",
                byDefault = "\"\"")
        String dir,

        @Setting(value = "Whether results that are there already are replaced", byDefault = "false")
        boolean overwrite) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** The folder, by its default one that is named after the job and the time. */
    String dirOf(String job) {
        return dir.isEmpty() ? "out/" + job + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault())) : dir;
    }
}
