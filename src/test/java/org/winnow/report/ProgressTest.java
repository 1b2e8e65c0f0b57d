package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);

    private String shown() {
        return shown.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void onATerminalTheLineIsRewrittenAndCutToTheWidth() {
        Progress progress = Progress.on(out, 8);
        progress.show("a line that is too long", "a long line", false);
        progress.show("short", "-", true);
        assertEquals("\ra long \rshort  \n", shown());
    }

    @Test
    void elsewhereTheFirstAndTheLastLineArePrintedAndThoseBetweenNowAndThen() {
        Progress progress = Progress.on(out, 0);
        progress.show("first", "-", false);
        progress.show("second, at once", "-", false);
        progress.show("last", "-", true);
        assertEquals("first\nlast\n", shown());
    }

    @Test
    void durationsReadAsOnAClock() {
        assertEquals("0:05", Progress.duration(5.4));
        assertEquals("2:01:05", Progress.duration(7265));
    }
}
