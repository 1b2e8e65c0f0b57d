package org.winnow.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SpeedTest {
    private static final int WIDTH = 3;
    private static final int ROWS = 10;
    private static final long NANOS_OF_A_ROW = 200_000;

    @Test
    void speedIsThatOfTheAnswers() {
        Set<Integer> asked = new TreeSet<>();
        UnaryOperator<float[]> answers = rows -> {
            asked.add(rows.length);
            long from = System.nanoTime();
            // No answer is faster than this; how much slower it is, a busy machine decides.
            while (System.nanoTime() - from < NANOS_OF_A_ROW * (rows.length / WIDTH)) {
                Thread.onSpinWait();
            }
            return rows;
        };
        Speed speed = Speed.of(answers, new float[ROWS * WIDTH], WIDTH, 0.01);
        assertEquals(Set.of(WIDTH, ROWS * WIDTH), asked);
        assertTrue(speed.latencyMicros() >= NANOS_OF_A_ROW / 1e3, speed::toString);
        assertTrue(speed.rowsPerSecond() > 0 && speed.rowsPerSecond() <= 1e9 / NANOS_OF_A_ROW, speed::toString);
    }
}
