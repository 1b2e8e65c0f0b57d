package org.winnow.evidence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.winnow.SparkTest;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.train.Head;
import org.winnow.train.Shards;

class EvidenceTest {
    private static final double FDR = 0.1;
    private static final Head NUMBER = Head.number();

    @Test
    void pValuesAreThoseOfNumPyAndSciPy() throws IOException {
        // The same method written with least squares of NumPy and distributions of SciPy.
        assertNear(
                new double[] {
                    0.00023954087, 0.027846905, 0.015852438, 1, 0.59315827, 0.57551788, 0.059690194, 0.11839306
                },
                of(NUMBER, read("regression")).p());
        assertNear(
                new double[] {3.704747e-05, 0.18316169, 1, 1, 0.2398088, 0.18168896, 1, 0.54387625},
                of(Head.classes(3), read("classes")).p());
    }

    @Test
    void withFewRowsOthersAreChosen() throws IOException {
        assertNear(
                new double[] {
                    0.25366728,
                    1,
                    0.03094257,
                    0.40570767,
                    0.54813502,
                    1,
                    1,
                    0.25363713,
                    1,
                    1,
                    1,
                    0.14165697,
                    0.10711239,
                    0.068672442,
                    1,
                    0.3360338,
                    0.79965782,
                    1,
                    0.43544652,
                    1
                },
                of(NUMBER, read("few-rows")).p());
    }

    private static void assertNear(double[] expected, double... p) {
        assertEquals(expected.length, p.length);
        for (int i = 0; i < p.length; i++) {
            assertEquals(1, p[i] / expected[i], 1e-4, "p-value " + i);
        }
    }

    @Test
    void overSeedsTheShareOfFalseGatesIsAtMostTheTarget() {
        double falseShare = 0;
        double found = 0;
        int seeds = 60;
        for (int seed = 0; seed < seeds; seed++) {
            Evidence evidence = of(NUMBER, correlated(300, 30, seed, 1, 4));
            int right = 0;
            int wrong = 0;
            for (int gate = 0; gate < 30; gate++) {
                right += evidence.q()[gate] <= FDR && gate < 4 ? 1 : 0;
                wrong += evidence.q()[gate] <= FDR && gate >= 4 ? 1 : 0;
            }
            falseShare += (double) wrong / Math.max(1, wrong + right) / seeds;
            found += right / 4.0 / seeds;
        }
        assertTrue(falseShare <= FDR, "realised false discovery rate " + falseShare);
        assertTrue(found > 0.9, "found only " + found + " of what matters");
    }

    @Test
    void oneGateIsEnough() {
        Evidence evidence = of(NUMBER, correlated(300, 30, 3, 1, 1));
        assertTrue(evidence.q()[0] <= FDR, "q-value " + evidence.q()[0]);
    }

    @Test
    void ofManyColumnsTheBestAreTested() {
        Evidence evidence = of(NUMBER, correlated(150, 700, 5, 2, 3));
        for (int gate = 0; gate < 3; gate++) {
            assertTrue(evidence.q()[gate] <= FDR, "q-value " + evidence.q()[gate]);
        }
        assertTrue(Arrays.stream(evidence.p()).filter(p -> p == 1).count() >= 700 - Screen.MOST / 2);
    }

    @Test
    void theBitsDoNotDependOnTasks() {
        for (int columns : new int[] {12, 520}) {
            List<Shard> shards = shards(correlated(200, columns, 7, 1, 3), 5);
            int[] gates = IntStream.range(0, columns).toArray();
            Evidence inThread = Evidence.of(Shards.inThread(shards), NUMBER, gates, columns);
            JavaSparkContext spark =
                    JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
            Evidence onSpark = Evidence.of(Shards.onSpark(spark.parallelize(shards, 5)), NUMBER, gates, columns);
            assertArrayEquals(inThread.p(), onSpark.p());
        }
    }

    @Test
    void rowsThatWeighNothingAreNotThere() {
        Block few = correlated(200, 10, 8, 1, 3);
        Block all = correlated(260, 10, 8, 1, 3);
        float[] weights = new float[260];
        Arrays.fill(weights, 0, 200, 1);
        Block weighted = new Block(260, 10, all.inputs(), all.targets(), weights);
        assertArrayEquals(of(NUMBER, few).p(), of(NUMBER, weighted).p(), 1e-12);
    }

    @Test
    void theUnitOfWeightsAndInputsDoesNotMatter() {
        Block block = correlated(200, 10, 9, 1, 3);
        float[] weights = new float[200];
        Arrays.fill(weights, 4);
        float[] larger = block.inputs().clone();
        for (int i = 0; i < larger.length; i++) {
            larger[i] = 8 * larger[i];
        }
        Block same = new Block(200, 10, larger, block.targets(), weights);
        assertArrayEquals(of(NUMBER, block).p(), of(NUMBER, same).p(), 1e-9);
    }

    @Test
    void inputsOfACategoryShareAGate() {
        int rows = 300;
        Noise noise = Noise.of(11);
        float[] inputs = new float[rows * 8];
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            int level = (int) (4 * noise.child(0).uniform(row));
            int other = (int) (4 * noise.child(1).uniform(row));
            inputs[row * 8 + level] = 1;
            inputs[row * 8 + 4 + other] = 1;
            targets[row] = (float) ((level == 2 ? 0.8 : 0) + noise.child(2).normal(row));
        }
        Evidence evidence = Evidence.of(
                Shards.inThread(shards(new Block(rows, 8, inputs, targets), 2)),
                NUMBER,
                new int[] {0, 0, 0, 0, 1, 1, 1, 1},
                2);
        assertTrue(evidence.p()[0] < 1e-4, "of the category that matters " + evidence.p()[0]);
        assertTrue(evidence.p()[1] > 0.01, "of the other " + evidence.p()[1]);
    }

    @Test
    void bothMembersOfAProductAreFound() {
        int rows = 400;
        Block block = correlated(rows, 10, 12, 0, 0);
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = block.targets()[row] + block.inputs()[row * 10 + 2] * block.inputs()[row * 10 + 7];
        }
        Evidence evidence = of(NUMBER, new Block(rows, 10, block.inputs(), targets));
        for (int gate = 0; gate < 10; gate++) {
            assertEquals(gate == 2 || gate == 7, evidence.q()[gate] <= FDR, "gate " + gate);
        }
    }

    @Test
    void aFunctionOfWhatMattersIsNotTakenForIt() {
        int rows = 600;
        double falseShare = 0;
        int seeds = 10;
        for (int seed = 0; seed < seeds; seed++) {
            Block block = correlated(rows, 20, 100 + seed, 0, 0);
            float[] targets = new float[rows];
            for (int row = 0; row < rows; row++) {
                targets[row] = block.targets()[row];
                for (int i = 0; i < 10; i++) {
                    float own = block.inputs()[row * 20 + i];
                    targets[row] += i < 5 ? 0.5F * own * own : 0;
                    block.inputs()[row * 20 + 10 + i] += 1.5F * Math.abs(own);
                }
            }
            Evidence evidence = of(NUMBER, new Block(rows, 20, block.inputs(), targets));
            int wrong = 0;
            for (int gate = 0; gate < 20; gate++) {
                boolean kept = evidence.q()[gate] <= FDR;
                assertTrue(kept || gate >= 5, "gate " + gate + " of seed " + seed);
                wrong += kept && gate >= 5 ? 1 : 0;
            }
            falseShare += wrong / (5.0 + wrong) / seeds;
        }
        assertTrue(falseShare <= FDR, "realised false discovery rate " + falseShare);
    }

    @Test
    void aDuplicateIsFoundOnce() {
        int rows = 300;
        Block block = correlated(rows, 10, 13, 1, 2);
        float[] inputs = block.inputs().clone();
        for (int row = 0; row < rows; row++) {
            inputs[row * 10 + 9] = inputs[row * 10];
        }
        Evidence evidence = of(NUMBER, new Block(rows, 10, inputs, block.targets()));
        assertTrue(evidence.q()[0] <= FDR ^ evidence.q()[9] <= FDR, evidence.q()[0] + " and " + evidence.q()[9]);
    }

    @Test
    void tooFewRowsAndInputsThatDoNotVarySayNothing() {
        assertArrayEquals(
                new double[] {1, 1, 1}, of(NUMBER, correlated(6, 3, 1, 1, 1)).p());
        Block block = correlated(100, 3, 1, 1, 1);
        float[] inputs = block.inputs().clone();
        for (int row = 0; row < 100; row++) {
            inputs[row * 3 + 1] = 5;
        }
        Evidence evidence = of(NUMBER, new Block(100, 3, inputs, block.targets()));
        assertEquals(1, evidence.p()[1]);
        assertTrue(evidence.p()[0] < 1e-3, "beside it " + evidence.p()[0]);
    }

    private static Evidence of(Head head, Block block) {
        return Evidence.of(
                Shards.inThread(shards(block, 2)),
                head,
                IntStream.range(0, block.columns()).toArray(),
                block.columns());
    }

    /** Columns with correlation .5; the target is so much of the sum of the first, and noise. */
    private static Block correlated(int rows, int columns, long seed, double effect, int relevant) {
        Noise noise = Noise.of(seed);
        float[] inputs = new float[rows * columns];
        float[] targets = new float[rows];
        double[] own = new double[columns];
        for (int row = 0; row < rows; row++) {
            noise.child(1).normal(own, (long) row * columns);
            double common = noise.child(2).normal(row);
            double sum = noise.child(3).normal(row);
            for (int i = 0; i < columns; i++) {
                inputs[row * columns + i] = (float) (Math.sqrt(0.5) * (own[i] + common));
                sum += i < relevant ? 0.6 * effect * inputs[row * columns + i] : 0;
            }
            targets[row] = (float) sum;
        }
        return new Block(rows, columns, inputs, targets);
    }

    private static List<Shard> shards(Block block, int count) {
        List<Shard> shards = new ArrayList<>();
        int columns = block.columns();
        Block none = new Block(0, columns, new float[0], new float[0]);
        for (int index = 0; index < count; index++) {
            int from = index * block.rows() / count;
            int to = (index + 1) * block.rows() / count;
            shards.add(new Shard(
                    index,
                    new Block(
                            to - from,
                            columns,
                            Arrays.copyOfRange(block.inputs(), from * columns, to * columns),
                            Arrays.copyOfRange(block.targets(), from, to),
                            block.weights().length == 0
                                    ? block.weights()
                                    : Arrays.copyOfRange(block.weights(), from, to)),
                    none));
        }
        return shards;
    }

    private static Block read(String name) throws IOException {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(EvidenceTest.class.getResourceAsStream("/evidence/" + name + ".csv")),
                StandardCharsets.UTF_8))) {
            List<String[]> cells =
                    lines.lines().skip(1).map(line -> line.split(",")).toList();
            int columns = cells.get(0).length - 1;
            float[] inputs = new float[cells.size() * columns];
            float[] targets = new float[cells.size()];
            for (int row = 0; row < targets.length; row++) {
                for (int i = 0; i < columns; i++) {
                    inputs[row * columns + i] = Float.parseFloat(cells.get(row)[i]);
                }
                targets[row] = Float.parseFloat(cells.get(row)[columns]);
            }
            return new Block(targets.length, columns, inputs, targets);
        }
    }
}
