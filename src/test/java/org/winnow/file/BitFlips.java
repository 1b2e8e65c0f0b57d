package org.winnow.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.winnow.check.UserError;

/**
 * Bits flipped at random places of a file, one at a time: what reads it says so, or gives what the whole file gives. The
 * long suite flips a thousand in each file.
 */
public final class BitFlips {
    private static final int FLIPS = Integer.getInteger("winnow.flips", 10);

    private BitFlips() {}

    /** Reads the file, and gives what is made of it. */
    @FunctionalInterface
    public interface Reading {
        Object read() throws IOException;
    }

    /** Flips bits of a file, which is whole again afterwards; prints a line of what was done, promised, and happened. */
    public static void in(Path file, Reading reading) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        assertFalse(whole.length == 0, file + " is empty");
        Object meant = reading.read();
        int noticed = 0;
        Random random = new Random(1);
        for (int i = 0; i < FLIPS; i++) {
            int at = random.nextInt(whole.length);
            int bit = random.nextInt(Byte.SIZE);
            byte[] flipped = whole.clone();
            flipped[at] ^= (byte) (1 << bit);
            Files.write(file, flipped);
            try {
                assertEquals(meant, reading.read(), "bit " + bit + " of byte " + at + " of " + file);
            } catch (Damaged | UserError e) {
                noticed++;
            }
        }
        Files.write(file, whole);
        assertEquals(meant, reading.read());
        System.out.printf(
                "kept    %d bits flipped in %s (%d bytes) | noticed, or without effect | %d noticed, %d without effect%n",
                FLIPS,
                file.getName(file.getNameCount() - 2).resolve(file.getFileName()),
                whole.length,
                noticed,
                FLIPS - noticed);
    }
}
