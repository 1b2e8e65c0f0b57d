package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void resultsComeInTheOrderOfTheirTasks() {
        CountDownLatch later = new CountDownLatch(1);
        Supplier<Integer> waits = () -> {
            await(later);
            return 1;
        };
        Supplier<Integer> lets = () -> {
            later.countDown();
            return 2;
        };
        assertEquals(List.of(1, 2), new SideBySide(2).all(List.of(waits, lets)));
    }

    @Test
    void oneThreadIsTheOneThatAsks() {
        List<Supplier<Thread>> tasks = IntStream.range(0, 3)
                .<Supplier<Thread>>mapToObj(i -> Thread::currentThread)
                .toList();
        new SideBySide(1).all(tasks).forEach(thread -> assertSame(Thread.currentThread(), thread));
    }

    @Test
    void whatFailsFailsAsItIs() {
        IllegalArgumentException fault = new IllegalArgumentException("of a task");
        Supplier<Integer> fails = () -> {
            throw fault;
        };
        assertSame(
                fault,
                assertThrows(IllegalArgumentException.class, () -> new SideBySide(2).all(List.of(() -> 1, fails))));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
