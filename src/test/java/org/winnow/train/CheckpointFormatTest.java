package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.model.GateStatistics;

class CheckpointFormatTest {
    private static final RoundState START = RoundState.start(new float[3], Outer.NESTEROV);
    private static final RoundState STATE = new RoundState(
            7,
            new float[] {1, -2, 3},
            Packed.of(new float[] {4, 5, 6, 7, 8, 9}),
            new float[] {0.1f, 0.2f, 0.3f},
            0.25,
            new GateStatistics(2, new double[] {0.5}, new double[] {0.125}),
            new GateStatistics(3.9, new double[] {0.25}, new double[] {0.5}),
            new float[] {9, 9, 9},
            0.75,
            3);

    private static byte[] written() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CheckpointFormat.write(bytes, "run", STATE);
        return bytes.toByteArray();
    }

    private static RoundState read(byte[] bytes, String run) throws IOException {
        return CheckpointFormat.read(new ByteArrayInputStream(bytes), "file", run, START);
    }

    @Test
    void everythingComesBack() throws IOException {
        RoundState read = read(written(), "run");
        assertEquals(7, read.rounds());
        assertArrayEquals(STATE.parameters(), read.parameters());
        assertArrayEquals(STATE.updaterState().bytes(), read.updaterState().bytes());
        assertArrayEquals(STATE.velocity(), read.velocity());
        assertArrayEquals(STATE.bestParameters(), read.bestParameters());
        assertEquals(0.25, read.loss());
        assertEquals(0.75, read.bestMetric());
        assertEquals(3, read.sinceBest());
        assertEquals(2, read.gates().count());
        assertArrayEquals(new double[] {0.5}, read.gates().mean());
        assertArrayEquals(new double[] {0.125}, read.gates().squares());
        assertEquals(3.9, read.gatesOverRounds().count());
        assertArrayEquals(new double[] {0.25}, read.gatesOverRounds().mean());
        assertArrayEquals(new double[] {0.5}, read.gatesOverRounds().squares());
    }

    @Test
    void anotherRunIsRefusedInWords() throws IOException {
        byte[] bytes = written();
        UserError error = assertThrows(UserError.class, () -> read(bytes, "other"));
        assertTrue(error.getMessage().contains("belongs to run run, this is other"), error.getMessage());
    }

    @Test
    void whatIsCutShortOrSpoiledIsRefusedAtEveryByte() throws IOException {
        byte[] bytes = written();
        for (int length = 0; length < bytes.length; length++) {
            byte[] part = Arrays.copyOf(bytes, length);
            assertThrows(Exception.class, () -> read(part, "run"), "cut to " + length);
        }
        for (int bit = 0; bit < bytes.length * Byte.SIZE; bit++) {
            byte[] spoiled = bytes.clone();
            spoiled[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThrows(Exception.class, () -> read(spoiled, "run"), "bit " + bit);
            assertFalse(CheckpointFormat.isWhole(new ByteArrayInputStream(spoiled)), "bit " + bit);
        }
        assertTrue(CheckpointFormat.isWhole(new ByteArrayInputStream(bytes)));
    }
}
