package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

/** What may mislead is warned of; what real columns look like is not. */
class SuspicionsTest {
    private static final int ROWS = 240;

    @Test
    void saysNothingOfPlainColumns() {
        Random random = new Random(1);
        assertEquals(List.of(), classified(row -> random.nextGaussian()));
        assertEquals(List.of(), classified(row -> Math.exp(2 * random.nextGaussian())), "a long tail");
        assertEquals(List.of(), classified(row -> random.nextInt(3)), "few values");
        assertEquals(List.of(), classified(row -> label(row) + random.nextGaussian()), "a good feature");
        assertEquals(List.of(), classified(row -> random.nextInt(10) == 0 ? 1000 : 0), "a rare event");
        assertEquals(List.of(), classified(row -> row), "a number of each row that says nothing of the label");
        assertEquals(List.of(), classified(row -> Double.NaN), "nothing");
    }

    @Test
    void warnsOfIdentifiersInTheOrderOfTheLabel() {
        assertEquals(
                List.of(
                        "the column \"x\" differs in every row and puts them in the order of the label, as identifiers do"
                                + " that were given by it; data.ignore=[\"x\"] leaves it out"),
                classified(row -> 10000 * label(row) + 7 * row));
    }

    @Test
    void warnsOfCopiesOfTheLabel() {
        assertEquals(
                List.of(
                        "the column \"x\" alone tells the label in every row that was looked at; if it was made from the"
                                + " label, data.ignore=[\"x\"] leaves it out"),
                classified(row -> 5 - 3 * label(row)));
    }

    @Test
    void warnsOfGroupsOnBothSides() {
        assertEquals(
                List.of("all rows of one \"x\" have the same label, and rows of one are both learned from and held out:"
                        + " the held-out score says nothing of a new one; data.ignore=[\"x\"] leaves it out"),
                classified(row -> 2 * (row % 17) + label(row)));
    }

    @Test
    void warnsOfValuesThatStandForNone() {
        Random random = new Random(2);
        assertEquals(
                List.of(
                        "the column \"x\" has -999999 in 5.0% of the rows, and nothing else outside of -2.551 .. 3.098: if"
                                + " it stands for a missing value, data.missing_values=[\"-999999\"] with data.missing=mean fills"
                                + " it; data.standardise=robust lets far values count for less"),
                regression(row -> row % 20 == 0 ? -999999 : random.nextGaussian()));
        assertEquals(
                1, regression(row -> row == 3 ? 1e12 : random.nextGaussian()).size(), "one alone");
        assertEquals(0, regression(row -> row == 3 ? 12 : random.nextGaussian()).size(), "an outlier");
        assertEquals(1, regression(row -> row % 9 == 0 ? 999 : row % 60).size(), "ages and 999");
    }

    @Test
    void warnsOfNumbersThatAreNamedAsIdentifiers() {
        IntToDoubleFunction drawn = row -> 7919.0 * row % 100_003;
        for (String name : List.of("customer_id", "ID", "customerId", "order no", "Account Number")) {
            assertEquals(
                    List.of("the column \"" + name + "\" differs in every row and is named as identifiers are;"
                            + " data.ignore=[\"" + name + "\"] leaves it out"),
                    warnings(Task.CLASSIFICATION, name, drawn));
        }
        for (String name : List.of("income", "humid", "grid", "keyed", "casino")) {
            assertEquals(List.of(), warnings(Task.CLASSIFICATION, name, drawn));
        }
    }

    @Test
    void warnsOfPointsThatMarkThousands() {
        Random random = new Random(3);
        IntToDoubleFunction mixed =
                row -> row % 2 == 0 ? 100 + random.nextInt(900) : (1000 + random.nextInt(29000)) / 1000.0;
        List<String> warnings = regression(mixed);
        assertEquals(1, warnings.size(), warnings::toString);
        assertEquals(
                "the column \"x\" has whole numbers beside numbers of three decimals, as ",
                warnings.get(0).substring(0, 70));
        assertEquals(List.of(), regression(row -> random.nextInt(30000) / 1000.0), "measured to a thousandth");
        assertEquals(List.of(), regression(row -> random.nextInt(300) / 10.0), "measured to a tenth");
        assertEquals(List.of(), regression(row -> row % 4 * 0.25), "quarters");
    }

    private static double label(int row) {
        return new Random(row).nextInt(1000) % 2;
    }

    private static List<String> classified(IntToDoubleFunction column) {
        return warnings(Task.CLASSIFICATION, "x", column);
    }

    private static List<String> regression(IntToDoubleFunction column) {
        return warnings(Task.REGRESSION, "x", column);
    }

    private static List<String> warnings(Task task, String name, IntToDoubleFunction column) {
        Schema schema = new Schema(
                List.of(Feature.numeric(name)),
                "y",
                task,
                task == Task.CLASSIFICATION ? List.of("no", "yes") : List.of());
        Moments moments = new Moments(2);
        List<double[]> rows = new ArrayList<>();
        for (int row = 0; row < ROWS; row++) {
            double[] values = {label(row), column.applyAsDouble(row)};
            rows.add(values);
            moments.add(values);
        }
        return Suspicions.of(schema, moments, rows);
    }
}
