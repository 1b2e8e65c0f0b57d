package org.winnow.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.winnow.check.Secrets;

/** Where an error came from, for those who mend it: in a file, not on the terminal. */
final class Trace {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT);
    private static final List<Path> FOLDERS =
            List.of(Path.of("out"), Path.of(System.getProperty("java.io.tmpdir", ".")), Path.of("."));

    private Trace() {}

    /** Writes the trace into the first folder that takes it; says where, or that none did, as the end of a sentence. */
    static String written(String script, Throwable e) {
        String name = script + "-" + TIME.format(LocalDateTime.now(ZoneId.systemDefault())) + ".log";
        StringWriter trace = new StringWriter();
        e.printStackTrace(new PrintWriter(trace, true));
        for (Path folder : FOLDERS) {
            Path file = folder.resolve(name);
            try {
                Files.createDirectories(folder);
                Files.writeString(file, Secrets.redacted(trace.toString()));
                return "the trace is in " + file;
            } catch (IOException full) {
                removeEmpty(file);
            }
        }
        return "its trace could be written nowhere";
    }

    private static void removeEmpty(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            file.toFile().deleteOnExit();
        }
    }
}
