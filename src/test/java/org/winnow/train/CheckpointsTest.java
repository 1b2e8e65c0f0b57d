package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;
import org.winnow.file.BitFlips;

/** Training goes on from the newest checkpoint that is as it was written. */
class CheckpointsTest {
    private static final RoundState START = RoundState.start(new float[2], Outer.NONE);

    @TempDir
    Path dir;

    private Checkpoints open() {
        CheckpointOptions options = new CheckpointOptions(dir.toString(), 1, 5, 2);
        return Checkpoints.of("run", options, true, new Configuration()).orElseThrow();
    }

    private static RoundState after(int rounds) {
        return new RoundState(
                rounds,
                new float[] {rounds, 0.5f},
                Packed.NONE,
                new float[0],
                0.25,
                START.gates(),
                START.gatesOverRounds(),
                new float[0],
                Double.NaN,
                0);
    }

    private Path file(int rounds) {
        return dir.resolve(String.format("run-%09d.checkpoint", rounds));
    }

    private Optional<RoundState> latest() {
        try (Checkpoints checkpoints = open()) {
            return checkpoints.latest(START);
        }
    }

    private void write(int... rounds) {
        try (Checkpoints checkpoints = open()) {
            for (int round : rounds) {
                checkpoints.write(after(round));
            }
        }
    }

    private void flip(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 1;
        Files.write(file, bytes);
    }

    private Set<String> names() throws IOException {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> path.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void theLastFewAreKept() throws IOException {
        write(1, 2, 3);
        assertEquals(3, latest().orElseThrow().rounds());
        assertArrayEquals(new float[] {3, 0.5f}, latest().orElseThrow().parameters());
        assertEquals(Set.of("run-000000002.checkpoint", "run-000000003.checkpoint"), names());
    }

    @Test
    void anOlderOneIsTakenWhereTheNewestIsBadWhereverTheBitIs() throws IOException {
        write(2, 3);
        byte[] whole = Files.readAllBytes(file(3));
        for (int at = 0; at < whole.length; at++) {
            Files.write(file(3), whole);
            flip(file(3), at);
            assertEquals(2, latest().orElseThrow().rounds(), "flipped at " + at);
        }
        Files.write(file(3), Arrays.copyOf(whole, whole.length / 2));
        assertEquals(2, latest().orElseThrow().rounds());
        assertTrue(names().contains("run-000000003.checkpoint.damaged"));
    }

    @Test
    void oneUnderAnotherRoundsNameIsNotTaken() throws IOException {
        write(2, 3);
        Files.copy(file(2), file(1_000_000));
        assertEquals(3, latest().orElseThrow().rounds());
    }

    @Test
    void withoutAGoodOneTrainingBeginsAnew() throws IOException {
        write(2);
        flip(file(2), 60);
        assertEquals(Optional.empty(), latest());
        write(1);
        assertEquals(1, latest().orElseThrow().rounds());
    }

    @Test
    void oneOfAnEarlierVersionIsRefusedWithACure() throws IOException {
        int mark = 0x574E4B50;
        Files.write(
                file(1),
                ByteBuffer.allocate(48).putInt(mark).putInt(2).putInt(44, mark).array());
        UserError error = assertThrows(UserError.class, this::latest);
        assertTrue(error.getMessage().startsWith("train.checkpoint.dir: "), error.getMessage());
        assertTrue(
                error.getMessage()
                        .endsWith(
                                "has version 2, this program reads 3: go on with the Winnow that wrote it, or begin anew"
                                        + " with another train.checkpoint.dir and without train.resume"),
                error.getMessage());
    }

    @Test
    void oneThatIsNamedAndBadIsRefused() throws IOException {
        write(2);
        flip(file(2), 60);
        UserError error = assertThrows(
                UserError.class, () -> Checkpoints.at(file(2).toString(), "run", START, new Configuration()));
        assertTrue(error.getMessage().contains("is not a checkpoint as it was written: "), error.getMessage());
    }

    @Test
    void anotherRunInTheSameFolderIsToldOfTheFirst() {
        try (Checkpoints first = open()) {
            UserError error = assertThrows(UserError.class, this::open);
            assertTrue(error.getMessage().startsWith("train.checkpoint.dir: "), error.getMessage());
            assertTrue(error.getMessage().contains("is in use by another run"), error.getMessage());
            first.write(after(1));
        }
    }

    @Test
    void whatAKilledRunWasWritingGoes() throws IOException {
        Files.writeString(dir.resolve(".run-000000009.checkpoint.incomplete-1"), "half");
        write(1);
        assertEquals(Set.of("run-000000001.checkpoint"), names());
    }

    @Test
    void bitsFlippedInOneThatIsNamedAreNoticed() throws IOException {
        write(2);
        BitFlips.in(file(2), () -> {
            RoundState state = Checkpoints.at(file(2).toString(), "run", START, new Configuration());
            return List.of(state.rounds(), state.loss(), Arrays.toString(state.parameters()));
        });
    }
}
