package org.winnow.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class GateGroupsTest {
    @Test
    void oneGateForEachElementInFlattenedOrder() {
        assertArrayEquals(new int[] {0, 1, 2, 3, 4, 5}, GateGroups.oneEach(6).ofElements(7, 3, 2));
    }

    @Test
    void masksStretchOverAxesOfSizeOneAndAbsentOnes() {
        GateGroups channels = GateGroups.of(2, new long[] {2, 1, 1}, 1, 0);
        assertArrayEquals(new int[] {1, 1, 1, 1, 0, 0, 0, 0}, channels.ofElements(9, 2, 2, 2));
        GateGroups columns = GateGroups.of(2, new long[] {3}, 0, 1, 0);
        assertArrayEquals(new int[] {0, 1, 0, 0, 1, 0}, columns.ofElements(9, 2, 3));
        GateGroups middle = GateGroups.of(2, new long[] {2, 1, 2}, 0, 1, 1, 0);
        assertArrayEquals(new int[] {0, 1, 0, 1, 1, 0, 1, 0}, middle.ofElements(9, 2, 2, 2));
        GateGroups withBatchAxis = GateGroups.of(2, new long[] {1, 3}, 0, 1, 0);
        assertArrayEquals(new int[] {0, 1, 0}, withBatchAxis.ofElements(3, 3));
        GateGroups one = GateGroups.of(1, new long[0], 0);
        assertArrayEquals(new int[] {0, 0}, one.ofElements(5, 2));
    }

    @Test
    void refusesInputsThatDoNotFit() {
        GateGroups oneEach = GateGroups.oneEach(6);
        assertRefused("input must be [batch, elements...], got shape [6]", () -> oneEach.ofElements(6));
        assertRefused(
                "input must be [batch, elements...] with 6 elements an example, one for each gate, got shape [6, 5]",
                () -> oneEach.ofElements(6, 5));
        GateGroups masked = GateGroups.of(2, new long[] {2, 3}, 0, 1, 0, 1, 0, 1);
        assertRefused("input must be [batch, elements...], got shape [3]", () -> masked.ofElements(3));
        String fits = "input must be [batch, elements...] whose examples a gate mask of shape [2, 3] fits, got shape ";
        assertRefused(fits + "[4, 2, 4]", () -> masked.ofElements(4, 2, 4));
        assertRefused(fits + "[2, 3]", () -> masked.ofElements(2, 3));
        GateGroups deep = GateGroups.of(1, new long[] {1, 1, 2}, 0, 0);
        assertThrows(
                IllegalArgumentException.class,
                () -> GateGroups.of(1, new long[] {2, 1, 2}, 0, 0, 0, 0).ofElements(2, 2));
        assertArrayEquals(new int[] {0, 0}, deep.ofElements(4, 2));
    }

    @Test
    void refusesMasksThatAreNotOneAtConstruction() {
        assertRefused(
                "indices must be 4 for a mask of shape [2, 2], got 3",
                () -> GateGroups.of(2, new long[] {2, 2}, 0, 1, 0));
        assertRefused("gate index must be in [0, 1], got -1", () -> GateGroups.of(2, new long[] {3}, 0, -1, 1));
        assertRefused("gate index must be in [0, 1], got 2", () -> GateGroups.of(2, new long[] {3}, 0, 1, 2));
        assertRefused(
                "gate indices must be such that each of the 3 gates has an element, got none for gate 1",
                () -> GateGroups.of(3, new long[] {3}, 0, 2, 2));
        assertRefused(
                "gate indices must be such that each of the 3 gates has an element, got none for gate 2",
                () -> GateGroups.of(3, new long[] {3}, 0, 1, 1));
        assertRefused("mask shape must be of sizes above 0, got [0]", () -> GateGroups.of(2, new long[] {0}));
        assertRefused("gates must be at least 1, got 0", () -> GateGroups.oneEach(0));
    }

    @Test
    void equalByContent() {
        GateGroups mask = GateGroups.of(2, new long[] {3}, 0, 1, 0);
        assertEquals(mask, GateGroups.of(2, new long[] {3}, 0, 1, 0));
        assertEquals(mask.hashCode(), GateGroups.of(2, new long[] {3}, 0, 1, 0).hashCode());
        assertNotEquals(mask, GateGroups.of(2, new long[] {3}, 1, 1, 0));
        assertNotEquals(GateGroups.oneEach(2), GateGroups.of(2, new long[] {2}, 0, 1));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
