package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.winnow.train.Waiting.Tasks;

/** Who waits is told so once, and not where tasks take their time. */
class WaitingTest {
    private final Waiting.Patience patience = new Waiting.Patience();

    private Optional<String> look(int stage, int ended, long seconds) {
        return patience.look(new Tasks(stage, "selecting", ended, 4, "host-7"), seconds * 1_000_000_000L);
    }

    @Test
    void anExecutorThatWasStoppedIsToldOnceItIsLate() {
        assertEquals(Optional.empty(), look(1, 0, 0));
        assertEquals(Optional.empty(), look(1, 3, 2));
        assertEquals(Optional.empty(), look(1, 3, 11));
        assertEquals(
                Optional.of("\nno task has ended for 10 s; selecting waits for 1 of 4 tasks, on host-7"),
                look(1, 3, 12));
        assertEquals(Optional.empty(), look(1, 3, 60));
        assertEquals(Optional.empty(), look(2, 0, 61));
    }

    @Test
    void tasksThatAlwaysTakeLongAreWaitedForLonger() {
        assertEquals(Optional.empty(), look(1, 0, 0));
        assertEquals(Optional.empty(), look(1, 1, 9));
        assertEquals(Optional.empty(), look(1, 1, 9 + 26));
        assertEquals(
                Optional.of("\nno task has ended for 27 s; selecting waits for 3 of 4 tasks, on host-7"),
                look(1, 1, 9 + 27));
    }
}
