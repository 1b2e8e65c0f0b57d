package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

class ArenaTest {
    @Test
    void everyStepHasTheSameArrays() {
        Arena arena = new Arena();
        List<INDArray> first = step(arena, 3);
        List<INDArray> second = step(arena, 3);
        assertNotSame(first.get(0), first.get(1));
        for (int i = 0; i < first.size(); i++) {
            assertSame(first.get(i), second.get(i));
        }
    }

    @Test
    @SuppressWarnings("try") // The arena is open as long as it is.
    void numbersInTheHeapAreTheSameInEveryStepToo() {
        Arena arena = new Arena();
        float[] floats;
        int[] ints;
        try (Arena.Open first = arena.open()) {
            floats = Arena.floats(3);
            ints = Arena.ints(3);
            assertNotSame(floats, Arena.floats(3));
        }
        try (Arena.Open second = arena.open()) {
            assertSame(floats, Arena.floats(3));
            assertSame(ints, Arena.ints(3));
            assertEquals(5, Arena.floats(5).length);
            assertEquals(5, Arena.ints(5).length);
        }
        assertNotSame(floats, Arena.floats(3));
    }

    @Test
    void anotherShapeIsAnotherArray() {
        Arena arena = new Arena();
        step(arena, 3);
        List<INDArray> other = step(arena, 4);
        assertArrayEquals(new long[] {2, 4}, other.get(0).shape());
        assertEquals(DataType.DOUBLE, other.get(2).dataType());
    }

    @Test
    void whatIsAskedForOutsideIsNew() {
        Arena arena = new Arena();
        INDArray inside = step(arena, 3).get(0);
        assertNotSame(inside, Arena.array(DataType.FLOAT, 2, 3));
    }

    @SuppressWarnings("try") // The arena is open as long as it is.
    private static List<INDArray> step(Arena arena, int width) {
        List<INDArray> arrays = new ArrayList<>();
        try (Arena.Open open = arena.open()) {
            arrays.add(Arena.array(DataType.FLOAT, 2, width));
            arrays.add(Arena.array(DataType.FLOAT, 2, width));
            arrays.add(Arena.array(DataType.DOUBLE, width));
        }
        return arrays;
    }
}
