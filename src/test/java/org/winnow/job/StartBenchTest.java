package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;

/** With checkouts whose jobs note what they are given. */
class StartBenchTest {
    @TempDir
    Path dir;

    private Path checkout(String name, String script) throws IOException {
        Path jobs = Files.createDirectories(dir.resolve(name).resolve("jobs"));
        for (String job : List.of("select", "sweep", "prune", "predict", "report")) {
            Files.writeString(jobs.resolve(job + ".sh"), script);
        }
        return dir.resolve(name);
    }

    private String measured(StartBench.Config config, Path root) throws IOException {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            StartBench.measure(config, root);
        } finally {
            System.setOut(before);
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aCaseRunsInTurnWithTheOtherCheckoutAndThePeer() throws IOException {
        String script = "echo \"$MASTER $0 $*\" >>" + dir + "/said\n";
        Path here = checkout("here", script);
        Path there = checkout("there", script);
        Map<String, List<String>> peers = Map.of("report", List.of("bash", "-c", "echo peer >>" + dir + "/said"));
        String out = measured(new StartBench.Config(2, there.toString(), peers, "", "report"), here);
        List<String> said = Files.readAllLines(dir.resolve("said")).stream()
                .map(line -> line.replaceAll("/\\S*/(here|there)", "$1"))
                .toList();
        assertEquals(8, said.size(), said::toString);
        assertTrue(said.get(0).startsWith("local[*] here/jobs/select.sh output.dir="), said.get(0));
        assertEquals(
                List.of(
                        "local[*] here/jobs/report.sh here-selected",
                        "local[*] there/jobs/report.sh there-selected",
                        "peer",
                        "local[*] here/jobs/report.sh here-selected",
                        "local[*] there/jobs/report.sh there-selected",
                        "peer"),
                said.subList(2, 8));
        JsonNode line = new ObjectMapper().readTree(out);
        assertEquals("report", line.path("case").asText());
        assertEquals(2, line.path("turns").asInt());
        assertTrue(
                line.path("seconds_max").asDouble() >= line.path("seconds_min").asDouble());
        assertTrue(line.path("of_before").isNumber() && line.path("of_peer").isNumber(), out);
    }

    @Test
    void aJobThatFailsIsSaidWithItsWords() throws IOException {
        Path here = checkout("here", "echo no such thing >&2; exit 3\n");
        UserError error = assertThrows(
                UserError.class, () -> measured(new StartBench.Config(1, "", Map.of(), "", "sweep"), here));
        assertTrue(error.getMessage().endsWith("failed: no such thing"), error.getMessage());
    }
}
