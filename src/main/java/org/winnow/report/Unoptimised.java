package org.winnow.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spares the JVM the optimisation of the interpreter of scripts. Its loop is one method of such a size that plots are drawn
 * long before its optimised form is there; until then it runs slowly, as it is counted for that form, which takes two
 * seconds of a processor.
 */
final class Unoptimised {
    private static final Logger LOG = LoggerFactory.getLogger(Unoptimised.class);
    private static final String DIRECTIVE = "[{match: [\"org/mozilla/javascript/*.*\"], c2: {Exclude: true}}]";

    private Unoptimised() {}

    /** Asks for it; a JVM that does not know of this is as slow as it was. */
    static void interpreter() {
        try {
            Path file = Files.createTempFile("winnow", ".json");
            try {
                Files.writeString(file, DIRECTIVE);
                ManagementFactory.getPlatformMBeanServer()
                        .invoke(
                                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                "compilerDirectivesAdd",
                                new Object[] {new String[] {file.toString()}},
                                new String[] {String[].class.getName()});
            } finally {
                Files.delete(file);
            }
        } catch (IOException | JMException e) {
            LOG.debug("the interpreter of scripts is optimised", e);
        }
    }
}
