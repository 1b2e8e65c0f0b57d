package org.winnow.kernel;

/**
 * The block function Philox4x32-10: a bijection of 128-bit counters for each 64-bit key, whose outputs on 0, 1, 2, …
 * pass every test of randomness (Salmon, Moraes, Dror, Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3").
 */
final class Philox {
    static final int WORDS = 4;

    static final int ROUNDS = 10;
    static final long MULTIPLIER_0 = 0xD2511F53L;
    static final long MULTIPLIER_1 = 0xCD9E8D57L;
    static final int WEYL_0 = 0x9E3779B9;
    static final int WEYL_1 = 0xBB67AE85;
    static final long LOW_WORD = 0xFFFFFFFFL;

    private Philox() {}

    /** Writes the four words that belong to a counter, from a place on; the low half of each long is its first word. */
    static void block(long key, long counterLow, long counterHigh, int[] into, int at) {
        int c0 = (int) counterLow;
        int c1 = (int) (counterLow >>> 32);
        int c2 = (int) counterHigh;
        int c3 = (int) (counterHigh >>> 32);
        int k0 = (int) key;
        int k1 = (int) (key >>> 32);
        for (int round = 0; round < ROUNDS; round++) {
            long product0 = MULTIPLIER_0 * (c0 & LOW_WORD);
            long product1 = MULTIPLIER_1 * (c2 & LOW_WORD);
            c0 = (int) (product1 >>> 32) ^ c1 ^ k0;
            c1 = (int) product1;
            c2 = (int) (product0 >>> 32) ^ c3 ^ k1;
            c3 = (int) product0;
            k0 += WEYL_0;
            k1 += WEYL_1;
        }
        into[at] = c0;
        into[at + 1] = c1;
        into[at + 2] = c2;
        into[at + 3] = c3;
    }
}
