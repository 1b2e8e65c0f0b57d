package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;

/** What was there is never lost, whenever it appeared. */
class OutputFolderTest {
    private static final ResultFolder OURS =
            new ResultFolder("select", List.of("features.csv"), Set.of("features.csv", "manifest.json", "plots"));

    @TempDir
    Path dir;

    private OutputFolder claim(boolean overwrite) {
        return OutputFolder.claim("output.dir", dir.resolve("out").toString(), overwrite, OURS, new Configuration());
    }

    private String run(boolean overwrite, String text, Meanwhile meanwhile) throws IOException {
        try (OutputFolder output = claim(overwrite)) {
            output.write("features.csv", text);
            meanwhile.happens();
            return output.commit();
        }
    }

    private interface Meanwhile {
        void happens() throws IOException;
    }

    private void put(String name, String text) throws IOException {
        Path file = dir.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private String text(String name) throws IOException {
        return Files.readString(dir.resolve(name));
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return Set.copyOf(all.map(path -> path.getFileName().toString()).toList());
        }
    }

    @Test
    void aFolderThatAppearsIsLeftAndTheResultsGoBesideIt() throws IOException {
        put("out-2/taken.txt", "too");
        String place = run(false, "new", () -> put("out/thesis.txt", "of years"));
        assertEquals(dir.resolve("out-3").toString(), place);
        assertEquals("new", text("out-3/features.csv"));
        assertEquals("of years", text("out/thesis.txt"));
        assertEquals(Set.of("out", "out-2", "out-3"), names());
    }

    @Test
    void anEmptyFolderOrOursThatAppearsIsLeftToo() throws IOException {
        assertTrue(run(false, "new", () -> Files.createDirectory(dir.resolve("out")))
                .endsWith("out-2"));
        assertTrue(run(true, "newer", () -> put("out/thesis.txt", "of years")).endsWith("out-3"));
        assertEquals("of years", text("out/thesis.txt"));
        assertEquals(Set.of("out", "out-2", "out-3"), names());
    }

    @Test
    void ofEarlierResultsOnlyOursAreReplaced() throws IOException {
        run(false, "old", () -> {});
        assertTrue(
                assertThrows(UserError.class, () -> claim(false)).getMessage().contains("out exists; give another"));
        put("out/plots/gates.svg", "made by report");
        assertTrue(run(true, "new", () -> {}).endsWith("out"));
        assertEquals("new", text("out/features.csv"));
        put("out/thesis.txt", "of years");
        assertTrue(run(true, "newer", () -> {}).endsWith("out"));
        assertEquals("newer", text("out/features.csv"));
        assertEquals("of years", text("out-earlier/thesis.txt"));
        assertEquals(Set.of("out", "out-earlier"), names());
    }

    @Test
    void whatHoldsNoResultsOfTheJobIsNotReplaced() throws IOException {
        put("out/thesis.txt", "of years");
        assertEquals(
                "output.dir: " + dir.resolve("out") + " exists and holds no results of this job, so it is not replaced;"
                        + " give another, or remove it yourself",
                assertThrows(UserError.class, () -> claim(true)).getMessage());
        assertEquals(Set.of("out"), names());
    }

    @Test
    void whatIsPutIntoEarlierResultsMeanwhileIsKept() throws IOException {
        run(false, "old", () -> {});
        assertTrue(
                run(true, "new", () -> put("out/plots/thesis.txt", "of years")).endsWith("out"));
        assertEquals("new", text("out/features.csv"));
        assertEquals("of years", text("out-earlier/plots/thesis.txt"));
    }

    @Test
    void aSecondRunIsToldOfTheFirst() throws IOException {
        try (OutputFolder first = claim(false)) {
            String said = assertThrows(UserError.class, () -> claim(false)).getMessage();
            assertTrue(said.startsWith("output.dir: "), said);
            assertTrue(said.contains("is in use by another run (winnow of "), said);
            first.write("features.csv", "first");
            first.commit();
        }
        assertEquals(Set.of("out"), names());
        assertEquals("first", text("out/features.csv"));
    }

    @Test
    void whatAKilledRunLeftGoesWithTheNext() throws IOException {
        put(".out.incomplete-1/features.csv", "half");
        put(".other.incomplete-1/features.csv", "of another name");
        run(false, "new", () -> {});
        assertEquals(Set.of("out", ".other.incomplete-1"), names());
    }

    @Test
    void resultsThatWereToBeReplacedWhenTheRunWasKilledComeBack() throws IOException {
        put(".out.replaced-1/features.csv", "old");
        assertThrows(UserError.class, () -> claim(false));
        assertEquals("old", text("out/features.csv"));
        assertEquals(Set.of("out"), names());
    }

    @Test
    void whatIsNotCommittedLeavesNothing() throws IOException {
        Path deep = dir.resolve("a/b/out");
        try (OutputFolder output =
                OutputFolder.claim("output.dir", deep.toString(), false, OURS, new Configuration())) {
            output.write("features.csv", "half");
        }
        assertFalse(Files.exists(dir.resolve("a")));
    }

    @Test
    void bracketsAreAName() throws IOException {
        Path place = dir.resolve("run[1]{a,b}*");
        try (OutputFolder output =
                OutputFolder.claim("output.dir", place.toString(), false, OURS, new Configuration())) {
            output.write("features.csv", "new");
            assertEquals(place.toString(), output.commit());
        }
        assertEquals("new", Files.readString(place.resolve("features.csv")));
    }
}
