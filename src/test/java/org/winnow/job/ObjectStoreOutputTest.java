package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;
import org.winnow.file.Manifest;
import org.winnow.file.ObjectStore;

/** Results on a store whose renames are not atomic, of a run that is killed at any step. */
class ObjectStoreOutputTest {
    private static final ResultFolder OURS = new ResultFolder(
            "select", List.of("features.csv"), Set.of("features.csv", "model", "gates", "manifest.json"));

    @TempDir
    Path dir;

    private final Configuration hadoop = new Configuration();

    @BeforeEach
    @AfterEach
    void revive() {
        ObjectStore.revive(hadoop);
    }

    private OutputFolder claim(boolean overwrite) {
        return OutputFolder.claim("output.dir", "objects://" + dir.resolve("out"), overwrite, OURS, hadoop);
    }

    private String run(boolean overwrite, String text) throws IOException {
        try (OutputFolder output = claim(overwrite)) {
            output.write("features.csv", text);
            output.write("model/network.zip", text + " network");
            output.write("gates/part-" + text, text + " gates");
            output.seal("model", "model");
            return output.commit();
        }
    }

    /** Runs, and is killed after so many steps; the process that is over has no lease. */
    private void killed(long steps, boolean overwrite, String text) throws IOException {
        ObjectStore.killAfter(steps);
        try {
            run(overwrite, text);
        } catch (IOException | UserError e) {
            assertTrue(String.valueOf(e.getMessage()).contains("killed"), e.toString());
        }
        ObjectStore.revive(hadoop);
        takeLeases();
    }

    /** As a run does that takes others for dead. */
    private void takeLeases() throws IOException {
        try (Stream<Path> claims = Files.list(dir)) {
            for (Path claim :
                    claims.filter(path -> path.toString().contains(".lease-")).toList()) {
                Files.delete(claim);
            }
        }
    }

    private Map<String, String> files(String folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(dir.resolve(folder))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String name = dir.resolve(folder).relativize(file).toString();
                if (!name.endsWith("manifest.json")) {
                    files.put(name, Files.readString(file));
                }
            }
        }
        return files;
    }

    private static Map<String, String> whole(String text) {
        return Map.of(
                "features.csv", text, "model/network.zip", text + " network", "gates/part-" + text, text + " gates");
    }

    private boolean isResult() throws IOException {
        return isResult("out");
    }

    private boolean isResult(String folder) throws IOException {
        FileSystem files = new org.apache.hadoop.fs.Path("objects:///").getFileSystem(hadoop);
        org.apache.hadoop.fs.Path out = new org.apache.hadoop.fs.Path("objects://" + dir.resolve(folder));
        if (!files.exists(new org.apache.hadoop.fs.Path(out, Manifest.NAME))) {
            return false;
        }
        Manifest.read(files, out, "select").verify(files, out, part -> true);
        return true;
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return Set.copyOf(all.map(path -> path.getFileName().toString()).toList());
        }
    }

    private void clear() throws IOException {
        clear("out");
    }

    private void clear(String folder) throws IOException {
        FileSystem files = new org.apache.hadoop.fs.Path("objects:///").getFileSystem(hadoop);
        files.delete(new org.apache.hadoop.fs.Path("objects://" + dir.resolve(folder)), true);
    }

    @Test
    void resultsAreWrittenUnderTheirNameWithTheManifestLast() throws IOException {
        try (OutputFolder output = claim(false)) {
            assertEquals("objects:" + dir.resolve("out"), output.folder().toString());
            output.write("features.csv", "new");
            assertTrue(Files.exists(dir.resolve("out/features.csv")));
            assertFalse(isResult());
            output.commit();
        }
        assertTrue(isResult());
        assertEquals(Set.of("out"), names());
    }

    @Test
    void aRunThatIsKilledAtAnyStepLeavesNothingThatLooksWhole() throws IOException {
        run(false, "new");
        long steps = ObjectStore.steps();
        clear();
        for (long step = 0; step < steps; step++) {
            killed(step, false, "new");
            if (isResult()) {
                assertEquals(whole("new"), files("out"));
                assertThrows(UserError.class, () -> run(false, "newer"));
                assertEquals(whole("new"), files("out"), "after " + step);
            } else {
                run(false, "newer");
                assertEquals(whole("newer"), files("out"), "after " + step);
            }
            assertTrue(isResult());
            assertEquals(Set.of("out"), names(), "after " + step);
            clear();
        }
    }

    @Test
    void earlierResultsAreThereUntilTheNewOnesAre() throws IOException {
        run(false, "old");
        ObjectStore.revive(hadoop);
        run(true, "new");
        assertEquals(whole("new"), files("out"));
        long steps = ObjectStore.steps();
        for (long step = 0; step < steps; step++) {
            clear();
            run(false, "old");
            killed(step, true, "new");
            if (isResult()) {
                assertTrue(Set.of(whole("old"), whole("new")).contains(files("out")), "after " + step);
            }
            // Whoever takes the name next ends what was begun, whatever it wants itself.
            assertThrows(UserError.class, () -> run(false, "never"));
            assertTrue(isResult(), "after " + step);
            assertTrue(Set.of(whole("old"), whole("new")).contains(files("out")), "after " + step);
        }
        run(true, "newest");
        assertEquals(whole("newest"), files("out"));
        assertEquals(Set.of("out"), names());
    }

    @Test
    void whoWasTakenForDeadTouchesNothingOfWhoTookThePlace() throws IOException {
        OutputFolder suspended = claim(false);
        suspended.write("features.csv", "old");
        takeLeases();
        try (OutputFolder next = claim(false)) {
            assertThrows(UserError.class, () -> suspended.write("model/network.zip", "old"));
            assertThrows(UserError.class, suspended::commit);
            next.write("features.csv", "new");
            suspended.close();
            next.commit();
        }
        assertEquals(Map.of("features.csv", "new"), files("out"));
        assertTrue(isResult());
        assertEquals(Set.of("out"), names());
    }

    @Test
    void whatAppearsInTheFolderIsLeft() throws IOException {
        try (OutputFolder output = claim(false)) {
            output.write("features.csv", "new");
            Files.writeString(dir.resolve("out/thesis.txt"), "of years");
            output.commit();
        }
        assertEquals("of years", Files.readString(dir.resolve("out/thesis.txt")));
        assertTrue(isResult());
        run(true, "newer");
        assertEquals("of years", Files.readString(dir.resolve("out/thesis.txt")));
        assertEquals(whole("newer"), files("out-2"));
    }

    @Test
    void aRunThatIsKilledAsItsResultsGoBesideTheirNameLeavesNothingThatLooksWhole() throws IOException {
        putForeign();
        ObjectStore.revive(hadoop);
        run(true, "new");
        long steps = ObjectStore.steps();
        assertEquals(Set.of("out", "out-2"), names());
        int halves = 0;
        for (long step = 0; step < steps; step++) {
            ObjectStore.revive(hadoop);
            clear("out-2");
            clear("out-3");
            killed(step, true, "new");
            boolean whole = isResult("out-2");
            halves += !whole && Files.exists(dir.resolve("out-2")) ? 1 : 0;
            run(true, "newer");
            assertEquals(whole("newer"), files(whole ? "out-3" : "out-2"), "after " + step);
            if (whole) {
                assertEquals(whole("new"), files("out-2"), "after " + step);
            }
            assertTrue(isResult("out-2"), "after " + step);
            assertEquals(whole ? Set.of("out", "out-2", "out-3") : Set.of("out", "out-2"), names(), "after " + step);
            assertEquals("of years", Files.readString(dir.resolve("out/thesis.txt")));
        }
        assertTrue(halves > 1, "killed " + halves + " times within the move");
    }

    @Test
    void aNameBesideThatAnotherRunHasIsLeftToIt() throws IOException {
        putForeign();
        try (OutputFolder other =
                OutputFolder.claim("output.dir", "objects://" + dir.resolve("out-2"), false, OURS, hadoop)) {
            run(true, "new");
            assertEquals(whole("new"), files("out-3"));
            other.write("features.csv", "other");
            other.commit();
        }
        assertEquals(Map.of("features.csv", "other"), files("out-2"));
        assertEquals(Set.of("out", "out-2", "out-3"), names());
    }

    /** Results with something in them that no run wrote. */
    private void putForeign() throws IOException {
        run(false, "old");
        Files.writeString(dir.resolve("out/thesis.txt"), "of years");
    }

    @Test
    void whatIsPutIntoHalfResultsIsLeft() throws IOException {
        try (OutputFolder output = claim(false)) {
            output.write("features.csv", "half");
            Files.writeString(dir.resolve("out/thesis.txt"), "of years");
        }
        assertEquals("of years", Files.readString(dir.resolve("out/thesis.txt")));
        assertThrows(UserError.class, () -> claim(false));
        assertEquals(Set.of("out"), names());
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        try (OutputFolder output = claim(false)) {
            output.write("features.csv", "half");
        }
        assertEquals(Set.of(), names());
    }

    @Test
    void aFileHasItsNameInOneStep() throws IOException {
        for (String text : List.of("row,prediction\n1", "row,prediction\n2")) {
            try (OutputFolder output = OutputFolder.claim(
                    "output.path", "objects://" + dir.resolve("p.csv"), true, Predictions.CSV, hadoop)) {
                output.write("predictions.csv", text);
                output.commitOnly("predictions.csv");
            }
            assertEquals(text, Files.readString(dir.resolve("p.csv")));
            assertEquals(Set.of("p.csv"), names());
        }
    }
}
