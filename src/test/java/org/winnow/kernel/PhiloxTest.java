package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

/** The known answers of philox4x32 with 10 rounds that Random123 publishes (kat_vectors). */
class PhiloxTest {
    @Test
    void zeros() {
        assertArrayEquals(new int[] {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}, block(0, 0, 0));
    }

    @Test
    void ones() {
        assertArrayEquals(new int[] {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}, block(-1, -1, -1));
    }

    @Test
    void digitsOfPi() {
        assertArrayEquals(
                new int[] {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1},
                block(0x299f31d0_a4093822L, 0x85a308d3_243f6a88L, 0x03707344_13198a2eL));
    }

    private static int[] block(long key, long counterLow, long counterHigh) {
        int[] words = new int[Philox.WORDS];
        Philox.block(key, counterLow, counterHigh, words, 0);
        return words;
    }
}
