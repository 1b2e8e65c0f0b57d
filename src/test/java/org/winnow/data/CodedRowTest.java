package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.winnow.kernel.Noise;

class CodedRowTest {
    /** A row of which so many numbers of a hundred are not zero. */
    private static double[] row(int share) {
        double[] row = new double[500];
        Noise noise = Noise.of(7);
        for (int place = 0; place < row.length; place++) {
            row[place] = noise.uniform(2L * place) * 100 < share ? noise.normal(2L * place + 1) : 0;
        }
        return row;
    }

    @Test
    void whateverTheShareOfZerosARowComesBackBitByBit() {
        double[] room = new double[500];
        for (int share : new int[] {0, 1, 30, 60, 70, 100}) {
            double[] row = row(share);
            row[3] = -0.0;
            row[4] = Double.NaN;
            row[5] = Double.MIN_VALUE;
            CodedRow coded = CodedRow.of(row.clone());
            assertArrayEquals(row, coded.numbers(room));
            assertArrayEquals(row, coded.numbers());
            for (int place = 0; place < row.length; place++) {
                assertEquals(row[place], coded.at(place));
            }
        }
    }

    @Test
    void onlyWhatIsNotZeroIsKeptWhereThatIsLess() {
        long notZero = Arrays.stream(row(1)).filter(value -> value != 0).count();
        assertEquals(notZero, CodedRow.of(row(1)).values().length);
        double[] full = row(100);
        assertSame(full, CodedRow.of(full).values());
        double[] room = new double[500];
        assertSame(room, CodedRow.of(row(1)).numbers(room));
        assertSame(full, CodedRow.of(full).numbers(room));
    }
}
