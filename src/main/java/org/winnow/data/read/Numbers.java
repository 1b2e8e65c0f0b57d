package org.winnow.data.read;

/** Numbers as data files write them. */
public final class Numbers {
    private Numbers() {}

    /**
     * The number a cell holds; NaN if it is text; an infinity if it is a number that is not finite, "nan" and "inf"
     * included. Java's own suffixes and hexadecimal notation are text.
     */
    static double parse(String cell) {
        if (cell.isEmpty()) {
            return Double.NaN;
        }
        for (int i = 0; i < cell.length(); i++) {
            char c = cell.charAt(i);
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return cell.matches("(?i)[+-]?(nan|inf|infinity)") ? Double.POSITIVE_INFINITY : Double.NaN;
            }
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }

    /** A number as a name for a class or category: whole numbers without a point. */
    public static String name(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
