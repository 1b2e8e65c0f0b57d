package org.winnow.job;

import static org.winnow.check.Check.that;

import org.winnow.model.Setting;

/** Everything that {@code jobs/report.sh} can be told. */
record ReportConfig(Results results) {
    /** The section {@code results}. */
    record Results(
            @Setting("Folder that select, prune or sweep left; as a first word it needs no key")
            String dir) {
        Results {
            that(!dir.isBlank(), "dir", "a folder", "\"" + dir + "\"");
        }
    }
}
