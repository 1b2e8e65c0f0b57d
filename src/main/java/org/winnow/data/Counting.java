package org.winnow.data;

import java.io.Serializable;
import java.util.BitSet;

/**
 * Which slots go up from each row of a part to the next, as the numbers of rows and sorted identifiers do: by one, or by
 * any whole number. Merging is associative and commutative.
 */
final class Counting implements Serializable {
    private static final long serialVersionUID = 1;

    private final BitSet notByOne = new BitSet();
    private final BitSet notWholeAndUp = new BitSet();
    private long steps;
    private int slots;
    private transient int part = -1;
    private transient double[] before = new double[0];

    /** The numbers of the next row. */
    void add(int ofPart, double[] numbers) {
        if (ofPart == part) {
            steps++;
            for (int slot = notWholeAndUp.nextClearBit(0);
                    slot < Math.min(numbers.length, before.length);
                    slot = notWholeAndUp.nextClearBit(slot + 1)) {
                double step = numbers[slot] - before[slot];
                boolean whole = numbers[slot] == Math.rint(numbers[slot]);
                notByOne.set(slot, notByOne.get(slot) || !(step == 1 && whole));
                notWholeAndUp.set(slot, !(step > 0 && whole));
            }
            int shorter = Math.min(numbers.length, before.length);
            notByOne.set(shorter, Math.max(numbers.length, before.length));
            notWholeAndUp.set(shorter, Math.max(numbers.length, before.length));
        }
        part = ofPart;
        before = numbers;
        slots = Math.max(slots, numbers.length);
    }

    void merge(Counting other) {
        notByOne.or(other.notByOne);
        notWholeAndUp.or(other.notWholeAndUp);
        if (slots > 0 && other.slots > 0 && slots != other.slots) {
            int from = Math.min(slots, other.slots);
            notByOne.set(from, Math.max(slots, other.slots));
            notWholeAndUp.set(from, Math.max(slots, other.slots));
        }
        steps += other.steps;
        slots = Math.max(slots, other.slots);
    }

    /** Steps from a row to the next that were seen. */
    long steps() {
        return steps;
    }

    /** Whether every step of a slot was one up. */
    boolean byOne(int slot) {
        return !notByOne.get(slot) && slot < slots;
    }

    /** Whether a slot held whole numbers, and every step went up. */
    boolean up(int slot) {
        return !notWholeAndUp.get(slot) && slot < slots;
    }
}
