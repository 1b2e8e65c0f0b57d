package org.winnow.data.read;

import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import org.winnow.model.Setting;

/**
 * What the configuration says of how text files are written.
 *
 * @param header whether the first record of a CSV file names the columns
 * @param encoding name of the character set
 * @param separator what is between cells: one character, {@code tab}, or {@link #AUTO}
 * @param decimal what is before the fraction of a number: a point, a comma, or {@link #AUTO}
 * @param firstIndex what libsvm files call their first feature: 0 or 1
 */
public record Dialect(
        @Setting(
                value = "Whether CSV files begin with the names of their columns; else those are c0, c1, …",
                byDefault = "true")
        boolean header,

        @Setting(value = "Character set of CSV files, as windows-1252, iso-8859-1 or utf-16", byDefault = "utf-8")
        String encoding,

        @Setting(
                value =
                        "What is between the cells of CSV files: one character, tab, a blank (or more of them), or auto (a"
                                + " comma, or what the file plainly has)",
                byDefault = AUTO)
        String separator,

        @Setting(
                value = "What is before the fraction of numbers in CSV files: a point, a comma (the other may then part"
                        + " thousands), or auto (a point, or what the file plainly has)",
                byDefault = AUTO)
        String decimal,

        @Setting(
                value = "What libsvm files call their first feature: 1, or 0 as scikit-learn writes them",
                byDefault = "1")
        int firstIndex)
        implements Serializable {
    /** Told from the file. */
    public static final String AUTO = "auto";

    /** CSV as RFC 4180 has it and libsvm from 1, but for what a file itself says otherwise. */
    public static final Dialect PLAIN = new Dialect(true, "utf-8", AUTO, AUTO, 1);

    private static final String TAB = "tab";

    public Dialect {
        charset(encoding);
        that(
                separator.equals(AUTO) || separator.equals(TAB) || isSeparator(separator),
                "separator",
                "auto, tab, or one character that no number and no quote has, as ; or |",
                "\"" + separator + "\"");
        that(
                decimal.equals(AUTO) || decimal.equals(".") || decimal.equals(","),
                "decimal",
                "auto, \".\" or \",\"",
                "\"" + decimal + "\"");
        that(firstIndex == 0 || firstIndex == 1, "first_index", "0 or 1", firstIndex);
    }

    private static boolean isSeparator(String text) {
        return text.length() == 1 && text.charAt(0) < 0x7F && !text.matches("[\\w\"\\\\\r\n.+-]");
    }

    /** The character set; Python's names are known too. */
    Charset charset() {
        return charset(encoding);
    }

    private static Charset charset(String name) {
        String known = switch (name.toLowerCase(Locale.ROOT).replace('_', '-')) {
            case "utf-8-sig", "utf8" -> StandardCharsets.UTF_8.name();
            case "latin-1" -> StandardCharsets.ISO_8859_1.name();
            default -> name;
        };
        try {
            return Charset.forName(known);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new IllegalArgumentException(
                    "encoding must be a character set, as utf-8, windows-1252, iso-8859-1 or utf-16, got \"" + name
                            + "\"",
                    e);
        }
    }

    boolean tellsSeparator() {
        return separator.equals(AUTO);
    }

    boolean tellsDecimal() {
        return decimal.equals(AUTO);
    }

    /** The separator that is given. */
    char givenSeparator() {
        return separator.equals(TAB) ? '\t' : separator.charAt(0);
    }

    /** How numbers are written as far as that is given: what is not before fractions may part thousands. */
    Notation notation() {
        return switch (decimal) {
            case "," -> Notation.COMMA;
            case "." -> Notation.POINT_AND_THOUSANDS;
            default -> Notation.POINT;
        };
    }
}
