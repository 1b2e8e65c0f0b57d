package org.winnow.data.read;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What the first rows of a CSV file show of numbers that may mean something else than they are read as, which the numbers
 * themselves do not tell: leading zeros, points between thousands, and days of months.
 *
 * @param name of the column
 * @param cells of its first rows that are not missing
 */
record CellSuspicions(String name, List<String> cells) {
    /** In so few rows a pattern is there by chance. */
    private static final int FEWEST_CELLS = 10;

    private static final int FEWEST_DISTINCT = 5;
    private static final int MOST_WARNINGS = 5;

    private static final Pattern ZERO_FIRST = Pattern.compile("0\\d+");
    private static final Pattern DAY_AND_MONTH = Pattern.compile("(0?[1-9]|[12]\\d|3[01])\\.(0[1-9]|1[0-2])");

    /**
     * Sentences about the columns of numbers.
     *
     * @param file its name
     * @param columns that are read
     */
    static List<String> of(String file, CsvHead head, TableColumns columns, Dialect dialect, ColumnRules rules) {
        boolean thousands = dialect.tellsDecimal()
                && head.format().notation() == Notation.POINT
                && head.format().separator() != ',';
        List<String> found = new ArrayList<>();
        List<List<String>> rows =
                head.rows().stream().filter(head.layout()::fits).toList();
        for (int slot = 0; slot < columns.slots(); slot++) {
            int position = columns.positions()[slot];
            if (position >= 0 && position < head.layout().names().size() && !columns.text()[slot]) {
                List<String> cells = rows.stream()
                        .map(row -> row.get(position))
                        .filter(cell -> !rules.missingValues().contains(cell))
                        .toList();
                found.addAll(new CellSuspicions(columns.name(slot), cells)
                        .sentences(file, head.format().notation(), thousands, slot > 0));
            }
        }
        return found.size() <= MOST_WARNINGS
                ? found
                : List.of(
                                found.subList(0, MOST_WARNINGS),
                                List.of("the same of " + (found.size() - MOST_WARNINGS) + " more columns"))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
    }

    private List<String> sentences(String file, Notation notation, boolean thousands, boolean feature) {
        boolean numbers =
                cells.size() >= FEWEST_CELLS && cells.stream().allMatch(cell -> Double.isFinite(notation.parse(cell)));
        if (!numbers) {
            return List.of();
        }
        String column = file + ", column \"" + name + "\": ";
        List<String> zeros =
                cells.stream().filter(ofPattern(ZERO_FIRST)).limit(1).toList();
        if (!zeros.isEmpty() && feature) {
            return List.of(column + "the zeros that some numbers begin with, as " + zeros.get(0)
                    + ", are lost; if these"
                    + " are codes, data.categorical=[\"" + name + "\"] makes categories of them, and data.ignore=[\""
                    + name + "\"] leaves the column out");
        }
        if (thousands && cells.stream().allMatch(Notation::hasPointsAtThousands)) {
            return List.of(column + "every number has a point before its last three digits, as " + cells.get(0)
                    + ", and is read as a fraction; if points mark thousands, set data.decimal=\",\"");
        }
        boolean days = cells.stream().allMatch(ofPattern(DAY_AND_MONTH))
                && cells.stream().distinct().limit(FEWEST_DISTINCT).count() == FEWEST_DISTINCT;
        return days
                ? List.of(column + "every number may be a day and a month, as " + cells.get(0)
                        + ", and is read as a fraction"
                        + (feature ? "; if these are days, data.ignore=[\"" + name + "\"] leaves the column out" : ""))
                : List.of();
    }

    private static Predicate<String> ofPattern(Pattern pattern) {
        return cell -> pattern.matcher(cell).matches();
    }
}
