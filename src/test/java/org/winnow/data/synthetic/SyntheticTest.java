package org.winnow.data.synthetic;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.winnow.check.UserError;

/** Generators follow their formulas, and rows are functions of their number. */
class SyntheticTest {
    @ParameterizedTest
    @CsvSource({
        "two-moons, 20, 2",
        "xor, 20, 3",
        "xor-5, 20, 5",
        "sin-cos3, 20, 2",
        "friedman1, 10, 5",
        "madelon, 500, 20",
        "uniform-xor, 20, 2",
        "ring, 20, 2",
        "ring-xor, 20, 4",
        "ring-xor-sum, 20, 6"
    })
    void aRowIsAFunctionOfItsNumber(String name, int features, int relevant) {
        Generator generator = Synthetic.of("synthetic:" + name).generator();
        assertEquals(features, generator.features());
        assertEquals(relevant, generator.relevant().size());
        double[] row = new double[features];
        double[] again = new double[features];
        double label = generator.row(7, row);
        generator.row(8, again);
        assertTrue(row[0] != again[0]);
        assertEquals(label, generator.row(7, again));
        assertArrayEquals(row, again);
        double[] other = new double[features];
        Synthetic.of("synthetic:" + name + "?seed=2").generator().row(7, other);
        assertTrue(row[0] != other[0]);
    }

    @Test
    void labelsFollowTheFormulas() {
        double[] x = new double[20];
        for (int row = 0; row < 50; row++) {
            double label = Synthetic.of("synthetic:xor-2").generator().row(row, x);
            assertEquals(x[0] * x[1] > 0 ? 1 : 0, label);
            label = Synthetic.of("synthetic:sin-cos3").generator().row(row, x);
            assertEquals(Math.sin(x[0]) * Math.pow(Math.cos(x[1]), 3), label, 1e-12);
            label = Synthetic.of("synthetic:two-moons?noise=0").generator().row(row, x);
            double radius = label == 0 ? Math.hypot(x[0], x[1]) : Math.hypot(x[0] - 1, x[1] - 0.5);
            assertEquals(1, radius, 1e-12);
            label = Synthetic.of("synthetic:friedman1?noise=0&features=20")
                    .generator()
                    .row(row, x);
            assertEquals(
                    10 * Math.sin(Math.PI * x[0] * x[1]) + 20 * Math.pow(x[2] - 0.5, 2) + 10 * x[3] + 5 * x[4],
                    label,
                    1e-12);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "uniform-xor, -1, 0, Infinity",
        "ring, 0.1151, Infinity, Infinity",
        "ring-xor, 0.0704, 0.0337, Infinity",
        "ring-xor-sum, 0.0479, 0.0598, 1.4074"
    })
    void classesHangOnRingCornersAndSum(String name, double width, double product, double sum) {
        Generator generator = Synthetic.of("synthetic:" + name).generator();
        double[] x = new double[20];
        int positive = 0;
        for (int row = 0; row < 2000; row++) {
            double label = generator.row(row, x);
            int corner = name.equals("uniform-xor") ? 0 : 2;
            boolean ring = Math.abs(Math.hypot(x[0] - 0.5, x[1] - 0.5) - 0.35) <= width;
            boolean corners = (x[corner] - 0.5) * (0.5 - x[corner + 1]) >= product;
            if (ring || corners) {
                assertEquals(1, label);
            } else if (x[4] + x[5] < sum - 1) {
                // Five deviations of the noise.
                assertEquals(0, label);
            }
            positive += (int) label;
        }
        assertEquals(0.5, positive / 2000.0, 0.05);
    }

    @Test
    void madelonIsBalancedAndItsSignalWide() {
        Synthetic madelon = Synthetic.of("synthetic:madelon");
        double[] x = new double[500];
        double[] squares = new double[500];
        int positive = 0;
        for (int row = 0; row < madelon.rows(); row++) {
            positive += (int) madelon.generator().row(row, x);
            for (int i = 0; i < x.length; i++) {
                squares[i] += x[i] * x[i] / madelon.rows();
            }
        }
        assertEquals(0.5, positive / (double) madelon.rows(), 0.05);
        List<Integer> relevant = madelon.relevant();
        assertTrue(relevant.get(0) != 0 || relevant.get(19) != 19, "columns are shuffled");
        for (int i = 0; i < squares.length; i++) {
            assertEquals(relevant.contains(i), Math.abs(squares[i] - 1) > 0.2, "column " + i);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "synthetic:moons|data.path: no generator \"moons\"; generators: two-moons, xor (also xor-2, xor-3, …), sin-cos3, friedman1, madelon,"
                        + " uniform-xor, ring, ring-xor, ring-xor-sum",
                "synthetic:xor?rows=0|synthetic:xor?rows=0: rows must be a whole number in [1, 1000000000], got 0",
                "synthetic:xor?rows=many|synthetic:xor?rows=many: rows must be a whole number in [1, 1000000000], got many",
                "synthetic:xor?noise=2|synthetic:xor?noise=2: noise must be a number in [0.0, 1.0], got 2",
                "synthetic:xor?noise=NaN|synthetic:xor?noise=NaN: noise must be a number in [0.0, 1.0], got NaN",
                "synthetic:xor-30|synthetic:xor-30: k must be a whole number in [1, 20], got 30",
                "synthetic:xor?row=5|synthetic:xor?row=5: unknown parameter \"row\"; parameters: features, k, noise, rows, seed",
                "synthetic:xor?k=2&k=3|synthetic:xor?k=2&k=3: k is given twice",
                "synthetic:xor?5|synthetic:xor?5: parameters are key=value, separated by &, got \"5\""
            })
    void tellsWhatIsWrong(String path, String sentence) {
        UserError error = assertThrows(UserError.class, () -> Synthetic.of(path));
        assertEquals(sentence, error.getMessage());
    }
}
