package org.winnow.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class AgreementTest {
    private static final boolean Y = true;
    private static final boolean N = false;

    @Test
    void allThatAgreeHaveIndexOne() {
        Agreement same = Agreement.of(List.of(new boolean[] {Y, N, N}, new boolean[] {Y, N, N}));
        assertEquals(1, same.index(), 1e-12);
        assertEquals(1, same.jaccard(), 1e-12);
        assertEquals(1, same.lower(), 1e-9);
    }

    /** Worked by hand from the definitions in the paper. */
    @Test
    void theIndexIsThatOfItsDefinition() {
        Agreement three = Agreement.of(
                List.of(new boolean[] {Y, Y, N, N}, new boolean[] {Y, N, N, N}, new boolean[] {Y, Y, N, Y}));
        // Frequencies 1, 2/3, 0, 1/3; mean kept 2; unbiased variances 0, 1/3, 0, 1/3.
        assertEquals(1 - (2.0 / 3 / 4) / (0.5 * 0.5), three.index(), 1e-12);
        assertEquals((0.5 + 2.0 / 3 + 1.0 / 3) / 3, three.jaccard(), 1e-12);
    }

    @Test
    void oneOrNothingHasNoIndex() {
        assertTrue(Double.isNaN(Agreement.of(List.of(new boolean[] {Y, N})).index()));
        Agreement empty = Agreement.of(List.of(new boolean[2], new boolean[2]));
        assertTrue(Double.isNaN(empty.index()));
        assertEquals(1, empty.jaccard());
    }

    @Test
    void chanceHasIndexZeroAndTheIntervalCoversIt() {
        int covered = 0;
        for (int repeat = 0; repeat < 200; repeat++) {
            Noise noise = Noise.of(7).child(repeat);
            List<boolean[]> masks = new ArrayList<>();
            for (int run = 0; run < 40; run++) {
                boolean[] mask = new boolean[50];
                int of = run;
                IntStream.range(0, 50).forEach(f -> mask[f] = noise.uniform(of * 50L + f) < 0.3);
                masks.add(mask);
            }
            Agreement chance = Agreement.of(masks);
            covered += chance.lower() <= 0 && chance.upper() >= 0 ? 1 : 0;
        }
        assertTrue(covered >= 180, "covered " + covered + " of 200");
    }
}
