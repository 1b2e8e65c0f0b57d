package org.winnow.data.read;

import java.util.regex.Pattern;

/** Numbers as data files write them. */
public final class Numbers {
    private static final int LONGEST_NUMBER = 40;
    private static final Pattern WITH_COMMA = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d{1,3})?");
    private static final Pattern THOUSANDS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+");
    private static final Pattern DECORATED = Pattern.compile(
            "[+\u2212-]?[$€£¥]?\\s?[+\u2212-]?[1-9]?\\d{0,2}([,.'\u2019\u00A0\u202F ]?\\d{3})*([.,]\\d+)?\\s?[%€$£¥]?");

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

    /**
     * Whether a cell looks like a number in a notation that is not read: with a comma before its fraction, marks between
     * its thousands, a sign for money or per cent.
     */
    public static boolean isUnread(String cell) {
        return cell.length() <= LONGEST_NUMBER
                && cell.chars().anyMatch(Character::isDigit)
                && (WITH_COMMA.matcher(cell).matches()
                        || DECORATED.matcher(cell).matches());
    }

    /** Whether it has a comma where a decimal one would be, and not only between thousands. */
    static boolean hasDecimalComma(String cell) {
        int comma = cell.indexOf(',');
        return cell.length() <= LONGEST_NUMBER
                && comma >= 0
                && (cell.lastIndexOf('.', comma) >= 0
                        ? Double.isFinite(Notation.COMMA.parse(cell))
                        : WITH_COMMA.matcher(cell).matches()
                                && !THOUSANDS.matcher(cell).matches());
    }

    /** What to do about a cell that is a number in a notation that is not read. */
    public static String cure(String cell) {
        if (!cell.matches("[+\u2212-]?[\\d.,]*")) {
            return "take out of the file what is neither digit, sign nor decimal point";
        }
        if (cell.indexOf(',') < 0) {
            return "if its points part thousands, set data.decimal=\",\"";
        }
        return cell.lastIndexOf(',') < cell.lastIndexOf('.')
                ? "set data.decimal=\".\" to read a comma as what parts thousands"
                : THOUSANDS.matcher(cell).matches()
                        ? "set data.decimal=\".\" if its comma parts thousands, or data.decimal=\",\" if its fraction"
                                + " comes after that"
                        : "set data.decimal=\",\" to read what comes after a comma as the fraction";
    }

    /** A number as a name for a class or category: whole numbers without a point. */
    public static String name(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : Double.toString(number);
    }
}
