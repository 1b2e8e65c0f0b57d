package org.winnow.pairs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PolynomialsTest {
    /** A column of ranks that occur so often. */
    private static Polynomials of(double... counts) {
        double rows = 0;
        float[] ranks = new float[counts.length];
        for (double count : counts) {
            rows += count;
        }
        double below = 0;
        for (int bin = 0; bin < counts.length; bin++) {
            ranks[bin] = (float) ((2 * below + counts[bin]) / rows - 1);
            below += counts[bin];
        }
        Ranks bare = new Ranks(new float[1][counts.length - 1], new float[][] {ranks}, new float[0]);
        return Polynomials.of(new Ranks.Counted(bare, new double[][] {counts}));
    }

    private static double moment(Polynomials polynomials, double[] counts, int first, int second) {
        double below = 0;
        double sum = 0;
        for (double count : counts) {
            double rank = (float) ((2 * below + count) / polynomials.rows() - 1);
            double a = first == 0 ? 1 : polynomials.of(0, first, rank);
            double b = second == 0 ? 1 : polynomials.of(0, second, rank);
            sum += count * a * b / polynomials.rows();
            below += count;
        }
        return sum;
    }

    @Test
    void theyAreOrthonormalWhateverTheTies() {
        for (double[] counts : new double[][] {
            {1, 1, 1, 1, 1, 1, 1},
            {90, 1, 2, 3, 4, 5},
            {997, 1, 1, 1, 1},
            IntStream.range(0, 128).mapToDouble(bin -> 1 + bin % 3).toArray()
        }) {
            Polynomials polynomials = of(counts);
            assertEquals(4, polynomials.degrees()[0]);
            for (int first = 0; first <= 4; first++) {
                for (int second = 0; second <= first; second++) {
                    double expected = first == second ? 1 : 0;
                    assertEquals(expected, moment(polynomials, counts, first, second), 1e-7);
                }
            }
        }
    }

    @Test
    void aColumnHasADegreeLessThanValues() {
        assertEquals(0, of(12).degrees()[0]);
        assertEquals(1, of(12, 1).degrees()[0]);
        assertEquals(2, of(5, 3, 8).degrees()[0]);
        assertEquals(1, of(5, 0, 8).degrees()[0], "no row has the value between");
        assertEquals(0, of(12, 1).of(0, 2, 0.5), "there is none of degree 2");
    }

    @Test
    void withoutTiesTheyAreLegendres() {
        double[] ones = new double[2000];
        Arrays.fill(ones, 1);
        Polynomials polynomials = of(ones);
        for (double u = -0.9; u < 1; u += 0.3) {
            assertEquals(Math.sqrt(3) * u, polynomials.of(0, 1, u), 1e-4);
            assertEquals(Math.sqrt(5) * (3 * u * u - 1) / 2, polynomials.of(0, 2, u), 1e-4);
            assertEquals(Math.sqrt(7) * (5 * u * u - 3) * u / 2, polynomials.of(0, 3, u), 1e-4);
        }
    }

    @Test
    void shapesAreMoments() {
        Polynomials binary = of(90, 10);
        // A standardised 0/1 column of rate .1 has values -1/3 and 3.
        assertEquals(3, binary.shape(0, 1).most(), 1e-9);
        assertEquals(Math.pow(0.9 / -27 + 0.1 * 27, 2), binary.shape(0, 1).skewness(), 1e-7);
        assertEquals(0.9 / 81 + 0.1 * 81, binary.shape(0, 1).kurtosis(), 1e-7);
        assertTrue(binary.shape(0, 2).most() == 0);
    }
}
