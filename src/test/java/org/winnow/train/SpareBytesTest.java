package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpareBytesTest {
    @Test
    void whatIsGivenIsTakenOnceByTheThreadThatGaveIt() {
        byte[] given = new byte[1001];
        SpareBytes.give(given);
        assertNotSame(given, SpareBytes.take(1002));
        assertNotSame(
                given,
                CompletableFuture.supplyAsync(() -> SpareBytes.take(1001)).join());
        assertSame(given, SpareBytes.take(1001));
        assertNotSame(given, SpareBytes.take(1001));
    }

    @Test
    void theOldestMakesRoom() {
        byte[] oldest = new byte[2001];
        SpareBytes.give(oldest);
        for (int i = 0; i < 4; i++) {
            SpareBytes.give(new byte[2002]);
        }
        assertNotSame(oldest, SpareBytes.take(2001));
        SpareBytes.give(new byte[0]);
        assertEquals(2002, SpareBytes.take(2002).length);
    }

    @Test
    void theSideOfAMeanThatIsUsedUpIsSpare() {
        Packed here = Packed.of(new float[] {1, 2, 3});
        Packed there = Packed.of(new float[] {3, 4, 5});
        assertSame(here, here.towards(there, 0.5, Cores.ONE));
        assertSame(there.bytes(), SpareBytes.take(12));
        Packed all = Packed.of(new float[] {7, 8, 9});
        assertSame(all, here.towards(all, 1, Cores.ONE));
        assertSame(here.bytes(), SpareBytes.take(12));
    }
}
