package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ContenderTest {
    @Test
    void keepsTheLargestScoresInTheirOrder() {
        assertArrayEquals(new int[] {1, 3}, Contender.largest(new double[] {0.1, 5, 0.2, 7}, 2));
    }

    @Test
    void keepsTheFirstOfEqualScores() {
        assertArrayEquals(new int[] {0, 1, 3}, Contender.largest(new double[] {0, 0, 0, 1}, 3));
    }

    @Test
    void keepsAllWhereThereAreFewer() {
        assertArrayEquals(new int[] {0, 1}, Contender.largest(new double[] {2, 1}, 5));
    }

    @Test
    void countsWhatMatters() {
        assertEquals(2, Contender.recovered(new int[] {1, 4, 9}, Set.of(1, 2, 9)));
        assertEquals(0, Contender.recovered(new int[] {}, Set.of(1)));
    }

    /** Labels of xor-5 are the sign of the product of what is said to matter, wherever that went. */
    @Test
    void shufflesColumnsWithWhatIsKnownOfThem() {
        SelectorsData data = SelectorsData.synthetic("xor-5", true, "synthetic:xor-5?rows=50&features=10", 3);
        Set<Integer> relevant = new TreeSet<>(data.relevant().orElseThrow());
        assertNotEquals(Set.of(0, 1, 2, 3, 4), relevant);
        for (Row row : data.rows()) {
            Vector features = row.getAs(1);
            double product = relevant.stream().mapToDouble(features::apply).reduce(1, (a, b) -> a * b);
            assertEquals(product > 0 ? 1 : 0, row.getDouble(0));
        }
        assertEquals(
                List.copyOf(data.rows()),
                SelectorsData.synthetic("xor-5", true, "synthetic:xor-5?rows=50&features=10", 3)
                        .rows());
    }
}
