package org.winnow.pairs;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.SparkTest;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.data.synthetic.Synthetic;
import org.winnow.evidence.Targets;
import org.winnow.kernel.ChiSquare;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Normal;
import org.winnow.model.ScreenedInput;
import org.winnow.model.ScreenedProduct;
import org.winnow.train.Head;
import org.winnow.train.Shards;

class PairScreenTest {
    private static final Head TWO = Head.classes(2);
    private static final PairOptions USUAL = PairOptions.usual();
    private static final PairOptions ONCE = new PairOptions(0.05, 1, 100, 1e12, 1000);

    private static List<Shard> shards(Block block, int count) {
        List<Shard> shards = new ArrayList<>();
        int columns = block.columns();
        for (int index = 0; index < count; index++) {
            int from = index * block.rows() / count;
            int to = (index + 1) * block.rows() / count;
            float[] weights =
                    block.weights().length == 0 ? new float[0] : Arrays.copyOfRange(block.weights(), from, to);
            shards.add(new Shard(
                    index,
                    new Block(
                            to - from,
                            columns,
                            Arrays.copyOfRange(block.inputs(), from * columns, to * columns),
                            Arrays.copyOfRange(block.targets(), from, to),
                            weights),
                    new Block(0, columns, new float[0], new float[0])));
        }
        return shards;
    }

    private static PairScreen of(Block block, Head head, PairOptions options, int... gateOfInput) {
        int[] gates =
                gateOfInput.length == 0 ? IntStream.range(0, block.columns()).toArray() : gateOfInput;
        int count = Arrays.stream(gates).max().orElse(-1) + 1;
        return PairScreen.of(Shards.inThread(shards(block, 2)), head, gates, count, options, Noise.of(5));
    }

    /** Ways in which columns of noise may be spread. */
    private enum Columns {
        NORMAL,
        HEAVY,
        BINARY,
        RARE,
        COUNTS,
        COPIES,
        ALL;

        private static final List<Columns> EACH = List.of(NORMAL, HEAVY, BINARY, RARE, COUNTS, COPIES);

        float at(Noise noise, long row, int column) {
            double normal = noise.child(0, column).normal(row);
            double uniform = noise.child(1, column).uniform(row);
            return (float)
                    switch (this) {
                        case NORMAL -> normal;
                        case HEAVY -> Math.tan(Math.PI * (uniform - 0.5));
                        case BINARY -> uniform < 0.1 + 0.04 * column ? 1 : 0;
                        case RARE -> uniform < 0.02 + 0.005 * column ? 1 : 0;
                        case COUNTS -> Math.floor(Math.exp(normal));
                        case COPIES -> column % 3 > 0 ? at(noise, row, column - 1) : normal;
                        case ALL -> EACH.get(column % EACH.size()).at(noise, row, column);
                    };
        }
    }

    private static Block noise(Columns kind, int rows, int columns, Noise noise) {
        float[] inputs = new float[rows * columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                inputs[row * columns + column] = kind.at(noise, row, column);
            }
        }
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = noise.child(2).uniform(row) < 0.4 ? 1 : 0;
        }
        return new Block(rows, columns, inputs, targets);
    }

    private static Block with(Block block, float[] targets, float... weights) {
        return new Block(block.rows(), block.columns(), block.inputs(), targets, weights);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void statisticsAreThoseOfTheFormulas(boolean heavy) {
        int rows = 90;
        Block noise = noise(Columns.ALL, rows, 14, Noise.of(21));
        float[] targets = new float[rows];
        float[] weights = new float[rows];
        double[] scores = new double[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = heavy ? noise.targets()[row] : row % 2;
            weights[row] = heavy ? (float) Math.exp(Noise.of(4).normal(row)) : 1;
            scores[row] = targets[row];
        }
        Block block = with(noise, targets, weights);
        assertAsByFormulas(new PlainScreen(block, scores), of(block, TWO, ONCE), heavy);
    }

    @Test
    void numbersAreTheirNormalScores() {
        int rows = 100;
        Block noise = noise(Columns.ALL, rows, 14, Noise.of(22));
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = (float) Math.exp(2 * Noise.of(6).normal(row)) + noise.inputs()[row * 14];
        }
        double[] ranks = PlainScreen.ranks(new Block(rows, 1, targets, targets), 0);
        double[] scores = Arrays.stream(ranks)
                .map(rank -> Normal.quantile((rank + 1) / 2))
                .toArray();
        Block block = with(noise, targets);
        assertAsByFormulas(new PlainScreen(block, scores), of(block, Head.number(), ONCE), false);
    }

    private static void assertAsByFormulas(PlainScreen plain, PairScreen screen, boolean heavy) {
        int columns = screen.inputs().size();
        int tests = 0;
        double[] best = new double[columns];
        int[] partner = new int[columns];
        Arrays.fill(partner, -1);
        int[] of = new int[columns];
        for (int first = 0; first < columns; first++) {
            for (int second = first + 1; second < columns; second++) {
                int degrees = Math.min(2, Math.min(plain.degrees(first), plain.degrees(second)));
                for (int degree = 1; degree <= degrees; degree++) {
                    double statistic = plain.product(first, second, degree, heavy);
                    tests++;
                    of[first]++;
                    of[second]++;
                    if (statistic > best[first]) {
                        best[first] = statistic;
                        partner[first] = second;
                    }
                    if (statistic > best[second]) {
                        best[second] = statistic;
                        partner[second] = first;
                    }
                }
            }
        }
        for (ScreenedInput input : screen.inputs()) {
            int column = input.input();
            assertEquals(plain.degrees(column), input.freedom());
            double statistic = plain.alone(column, plain.degrees(column));
            assertEquals(statistic, input.statistic(), 1e-4 * statistic);
            assertEquals(partner[column], input.partner());
            double log = ChiSquare.logUpper(1, best[column]) + Math.log(of[column]);
            assertEquals(Math.min(0, log), input.logPair(), 1e-3);
        }
        ScreenedProduct first = screen.products().get(0);
        assertEquals(1, first.statistic() / Arrays.stream(best).max().orElseThrow(), 1e-4);
        double log = ChiSquare.logUpper(1, first.statistic()) + Math.log(tests);
        assertEquals(Math.min(0, log), first.logP(), 1e-6);
    }

    @Test
    void severalClassesAreOneTestOfAllTheirMeans() {
        int rows = 120;
        Block block = noise(Columns.NORMAL, rows, 4, Noise.of(23));
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = row % 3;
        }
        Alone alone = alone(with(block, targets), Head.classes(3));
        for (int column = 0; column < 4; column++) {
            double[] ranks = PlainScreen.ranks(block, column);
            double[] means = new double[3];
            double variance = 0;
            for (int row = 0; row < rows; row++) {
                means[row % 3] += ranks[row] / (rows / 3.0);
                variance += ranks[row] * ranks[row] / rows;
            }
            // Kruskal and Wallis 1952.
            double expected =
                    (rows - 1) / 3.0 * Arrays.stream(means).map(m -> m * m).sum() / variance;
            assertEquals(1, alone.statistic(column, 1) / expected, 1e-4);
        }
        assertEquals(8, alone.freedom(0));
    }

    private static Alone alone(Block block, Head head) {
        Shards shards = Shards.inThread(shards(block, 3));
        Ranks.Counted ranked = Ranks.of(shards, head, block.columns(), block.rows(), Noise.of(1));
        Ranks ranks = ranked.ranks();
        Shards made = shards.map(ranks::of);
        return Alone.of(made, Unexplained.of(made, new Targets(head), Polynomials.of(ranked), List.of()));
    }

    @ParameterizedTest
    @EnumSource(Columns.class)
    void noiseIsSignificantAsOftenAsTheLevelSays(Columns kind) {
        int seeds = 200;
        int gates = 0;
        int products = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Block block = noise(kind, 80, 12, Noise.of(1000 + seed));
            PairScreen screen = of(block, TWO, USUAL);
            gates += anySignificant(screen, 0) ? 1 : 0;
            products += screen.significantProducts().isEmpty() ? 0 : 1;
        }
        // The level is .05: 10 of 200, and 17 or fewer with a probability of .98.
        assertTrue(gates <= 17, kind + ": gates in " + gates + " of " + seeds);
        assertTrue(products <= 17, kind + ": products in " + products + " of " + seeds);
    }

    private static boolean anySignificant(PairScreen screen, int from) {
        return IntStream.range(from, screen.logP().length).anyMatch(screen::significant);
    }

    @Test
    void smallPValuesAreAsFrequentAsTheySay() {
        int seeds = 200;
        int[] at = new int[2];
        for (int seed = 0; seed < seeds; seed++) {
            for (ScreenedInput input : of(noise(Columns.NORMAL, 80, 12, Noise.of(3000 + seed)), TWO, USUAL)
                    .inputs()) {
                at[0] += input.logAlone() < Math.log(0.1) ? 1 : 0;
                at[1] += input.logAlone() < Math.log(0.01) ? 1 : 0;
            }
        }
        // The least of two p-values, doubled, says a little less than either; without any power there were none.
        assertEquals(0.08, at[0] / (12.0 * seeds), 0.02);
        assertEquals(0.008, at[1] / (12.0 * seeds), 0.004);
    }

    @ParameterizedTest
    @EnumSource(
            value = Columns.class,
            names = {"NORMAL", "RARE", "ALL"})
    void noiseBesideWhatMattersStaysNoise(Columns kind) {
        int seeds = 100;
        int rareClass = 0;
        int cubes = 0;
        int heavyWeights = 0;
        int found = 0;
        for (int seed = 0; seed < seeds; seed++) {
            Noise noise = Noise.of(2000 + seed);
            Block block = noise(kind, 150, 10, noise);
            float[] rare = new float[150];
            float[] cube = new float[150];
            float[] weights = new float[150];
            for (int row = 0; row < 150; row++) {
                double own = noise.child(7).normal(row);
                block.inputs()[row * 10] = (float) own;
                // Class 1 lies at both ends of column 0, so that rows that weigh much are those where it is extreme.
                rare[row] = Math.abs(own) > 1.6 ? 1 : 0;
                cube[row] = (float) (own * own * own);
                weights[row] = (float) Math.exp(1.5 * noise.child(8).normal(row));
            }
            PairScreen screen = of(with(block, rare), TWO, USUAL);
            found += screen.significant(0) ? 1 : 0;
            rareClass += anySignificant(screen, 1) ? 1 : 0;
            cubes += anySignificant(of(with(block, cube), Head.number(), USUAL), 1) ? 1 : 0;
            heavyWeights += anySignificant(of(with(block, cube, weights), Head.number(), USUAL), 1) ? 1 : 0;
        }
        assertEquals(seeds, found);
        // 5 of 100 at the level, 10 or fewer with a probability of .99.
        assertTrue(
                Math.max(rareClass, Math.max(cubes, heavyWeights)) <= 10,
                rareClass + ", " + cubes + ", " + heavyWeights);
    }

    private static Block synthetic(String path) {
        Synthetic made = Synthetic.of(path);
        int rows = (int) made.rows();
        int columns = made.generator().features();
        float[] inputs = new float[rows * columns];
        float[] targets = new float[rows];
        double[] features = new double[columns];
        for (int row = 0; row < rows; row++) {
            targets[row] = (float) made.generator().row(row, features);
            for (int column = 0; column < columns; column++) {
                inputs[row * columns + column] = (float) features[column];
            }
        }
        return new Block(rows, columns, inputs, targets);
    }

    @Test
    void membersOfXorAndOfARingAreFoundAmongNoise() {
        PairScreen xor = of(synthetic("synthetic:uniform-xor?rows=300&features=200&seed=101"), TWO, USUAL);
        assertArrayEquals(
                new int[] {0, 1}, Arrays.stream(xor.order()).limit(2).sorted().toArray());
        ScreenedProduct product = xor.significantProducts().get(0);
        assertEquals(List.of(0, 1, 1), List.of(product.first(), product.second(), product.degree()));
        assertEquals(1, xor.inputs().get(0).partner());
        assertTrue(xor.significant(0) && xor.significant(1) && !xor.significant(2));

        PairScreen ring = of(synthetic("synthetic:ring?rows=1000&features=50&seed=101"), TWO, USUAL);
        product = ring.significantProducts().get(0);
        assertEquals(List.of(0, 1, 2), List.of(product.first(), product.second(), product.degree()));
        assertTrue(ring.significant(0) && ring.significant(1));
    }

    @Test
    void whatStrongEffectsHideComesOutOnceTheyAreExplained() {
        int rows = 300;
        Block block = noise(Columns.NORMAL, rows, 100, Noise.of(31));
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            float[] x = Arrays.copyOfRange(block.inputs(), row * 100, row * 100 + 4);
            targets[row] = 3 * x[0] + 0.6F * x[1] + 0.6F * x[2] * x[3];
        }
        PairScreen once = of(with(block, targets), Head.number(), ONCE);
        PairScreen twice = of(with(block, targets), Head.number(), USUAL);
        assertEquals(1, once.passes());
        assertEquals(2, twice.passes());
        assertTrue(once.significant(0) && !once.significant(1) && !once.significant(2));
        assertTrue(IntStream.range(0, 4).allMatch(twice::significant));
        ScreenedProduct product = twice.significantProducts().get(0);
        assertEquals(List.of(2, 3, 1, 2), List.of(product.first(), product.second(), product.degree(), product.pass()));
    }

    @Test
    void theBitsDoNotDependOnTasksAndHardlyOnShards() {
        Block block = synthetic("synthetic:ring-xor-sum?rows=400&features=60&seed=102");
        int[] gates = IntStream.range(0, 60).toArray();
        List<Shard> five = shards(block, 5);
        PairScreen inThread = PairScreen.of(Shards.inThread(five), TWO, gates, 60, USUAL, Noise.of(1));
        JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkTest.session().sparkContext());
        PairScreen onSpark =
                PairScreen.of(Shards.onSpark(spark.parallelize(five, 5)), TWO, gates, 60, USUAL, Noise.of(1));
        assertEquals(inThread.inputs(), onSpark.inputs());
        assertEquals(inThread.products(), onSpark.products());
        assertArrayEquals(inThread.logP(), onSpark.logP());
        for (int count : new int[] {1, 2}) {
            PairScreen other = PairScreen.of(Shards.inThread(shards(block, count)), TWO, gates, 60, USUAL, Noise.of(1));
            assertArrayEquals(inThread.logP(), other.logP(), 1e-3);
            assertArrayEquals(Arrays.copyOf(inThread.order(), 6), Arrays.copyOf(other.order(), 6));
        }
    }

    @Test
    void inputsOfAGateAreNotPairedAndShareItsChances() {
        int rows = 200;
        Block block = noise(Columns.NORMAL, rows, 9, Noise.of(41));
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = block.inputs()[row * 9] * block.inputs()[row * 9 + 1] > 0 ? 1 : 0;
        }
        PairScreen apart = of(with(block, targets), TWO, USUAL);
        PairScreen together = of(with(block, targets), TWO, USUAL, 0, 0, 1, 2, 3, 4, 4, 4, 4);
        assertTrue(apart.significant(0));
        assertFalse(anySignificant(together, 0));
        assertTrue(together.products().stream().noneMatch(product -> product.first() == 0 && product.second() == 1));
        ScreenedInput best = together.inputs().stream()
                .filter(input -> input.gate() == 4)
                .min((a, b) -> Double.compare(a.logP(), b.logP()))
                .orElseThrow();
        assertEquals(Math.min(0, best.logP() + Math.log(4)), together.logP()[4], 1e-9);
    }

    @Test
    void manyColumnsThatWouldTakeTooLongAreScreenedAlone() {
        int rows = 100;
        Block block = noise(Columns.NORMAL, rows, 40, Noise.of(51));
        float[] targets = new float[rows];
        for (int row = 0; row < rows; row++) {
            targets[row] = block.inputs()[row * 40 + 39] + 0.5F * block.inputs()[row * 40 + 7] > 0 ? 1 : 0;
        }
        // With one target, 5 products of matrices: ten columns of a hundred rows.
        PairScreen screen = of(with(block, targets), TWO, new PairOptions(0.05, 1, 7, 5 * 100 * 10 * 10, 1000));
        assertEquals(10, screen.paired());
        assertEquals(
                10,
                screen.inputs().stream().filter(input -> input.partner() >= 0).count());
        assertTrue(
                screen.inputs().get(39).partner() >= 0 && screen.inputs().get(7).partner() >= 0);
        assertEquals(7, screen.products().size());
        assertTrue(screen.significant(39));
        assertEquals(40, of(with(block, targets), TWO, USUAL).paired());
        assertEquals(
                12,
                of(with(block, targets), TWO, new PairOptions(0.05, 1, 7, 1e12, 12))
                        .paired());
    }

    @Test
    void whatDoesNotVarySaysNothing() {
        Block block = noise(Columns.NORMAL, 60, 5, Noise.of(61));
        for (int row = 0; row < 60; row++) {
            block.inputs()[row * 5 + 3] = 7;
        }
        PairScreen screen = of(block, TWO, USUAL);
        ScreenedInput still = screen.inputs().get(3);
        assertEquals(new ScreenedInput(3, 3, 0, 0, 0, -1, 0, 0, 0, 0), still);
        assertEquals(0, screen.logP()[3]);
        assertEquals(4, screen.paired());
        PairScreen oneClass = of(with(block, new float[60]), TWO, USUAL);
        assertArrayEquals(new double[5], oneClass.logP());
        assertArrayEquals(new int[] {0, 1, 2, 3, 4}, oneClass.order());
        PairScreen fewRows = of(noise(Columns.NORMAL, 6, 5, Noise.of(1)), TWO, USUAL);
        assertArrayEquals(new double[5], fewRows.logP());
        assertEquals(0, fewRows.passes());
    }

    @Test
    void rowsThatWeighNothingAreNotThere() {
        Block few = synthetic("synthetic:ring-xor?rows=200&features=12&seed=103");
        Block all = synthetic("synthetic:ring-xor?rows=260&features=12&seed=103");
        float[] weights = new float[260];
        Arrays.fill(weights, 0, 200, 1);
        assertArrayEquals(
                of(few, TWO, USUAL).logP(),
                of(with(all, all.targets(), weights), TWO, USUAL).logP(),
                1e-3);
    }
}
