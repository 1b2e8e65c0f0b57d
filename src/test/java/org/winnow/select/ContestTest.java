package org.winnow.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;
import org.winnow.model.Score;

class ContestTest {
    private static final int ROWS = 100;

    /** Losses around a mean, the same noise for all, and some of their own. */
    private static double[] losses(double mean, double own, long seed) {
        return IntStream.range(0, ROWS)
                .mapToDouble(row -> mean
                        + Noise.of(1).normal(row)
                        + own * Noise.of(seed).child(7).normal(row))
                .toArray();
    }

    private static Descent.Result result(double... meansFromManyToOne) {
        return drawn(0.1, 2, meansFromManyToOne);
    }

    private static Descent.Result drawn(double own, long seed, double... meansFromManyToOne) {
        List<Descent.Stage> stages = IntStream.range(0, meansFromManyToOne.length)
                .mapToObj(i -> new Descent.Stage(
                        meansFromManyToOne.length - i, losses(meansFromManyToOne[i], own, i + seed), Score.NONE))
                .toList();
        return new Descent.Result(IntStream.range(0, meansFromManyToOne.length).toArray(), stages);
    }

    private static Contest contest() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 3);
        return new Contest(weights);
    }

    @Test
    void whatIsBetterBeyondChanceWins() {
        Descent.Result believed = result(1, 1, 1);
        assertTrue(contest().isBetter(result(0.9, 0.9, 0.9), believed));
        assertFalse(contest().isBetter(drawn(0.1, 20, 0.999, 0.999, 0.999), believed));
        assertFalse(contest().isBetter(believed, believed));
    }

    @Test
    void asManyAreOfUseAsAreNotWorseThanTheBest() {
        assertEquals(3, contest().useful(result(1.2, 1, 1, 1.3, 1.5)));
        assertEquals(5, contest().useful(result(1, 1.2, 1.3, 1.4, 1.5)));
        assertEquals(1, contest().useful(drawn(0, 2, 1, 1, 1, 1, 1)));
    }

    @Test
    void answersThatLookAtNothingAreBeatenOrNot() {
        assertTrue(contest().helps(result(1, 0.9, 1), losses(1, 0, 1)));
        assertFalse(contest().helps(result(1, 1, 1), losses(1, 0, 1)));
    }

    @Test
    void rowsOfNoWeightDoNotCount() {
        double[] weights = new double[ROWS];
        Arrays.fill(weights, 0, ROWS / 2, 1);
        double[] better = losses(1, 0, 1);
        Arrays.setAll(better, row -> row < ROWS / 2 ? better[row] + 0.1 : better[row] - 5);
        Descent.Result challenger =
                new Descent.Result(new int[] {0}, List.of(new Descent.Stage(1, better, Score.NONE)));
        assertFalse(new Contest(weights).isBetter(challenger, result(1)));
        assertTrue(contest().isBetter(challenger, result(1)));
    }
}
