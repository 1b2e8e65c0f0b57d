package org.winnow.data.read;

import java.util.regex.Pattern;

/** How text files write numbers. */
enum Notation {
    /** A point before the fraction, and no other marks: 1234.5. */
    POINT {
        @Override
        double parse(String cell) {
            return Numbers.parse(cell);
        }
    },
    /** A point before the fraction, and commas that may part thousands: 1,234.5. */
    POINT_AND_THOUSANDS {
        @Override
        double parse(String cell) {
            boolean grouped = cell.indexOf(',') >= 0 && COMMAS.matcher(cell).matches();
            return Numbers.parse(grouped ? cell.replace(",", "") : cell);
        }
    },
    /** A comma before the fraction, and points that may part thousands: 1.234,5. */
    COMMA {
        @Override
        double parse(String cell) {
            if (cell.indexOf('.') < 0) {
                return Numbers.parse(cell.replace(',', '.'));
            }
            return POINTS.matcher(cell).matches()
                    ? Numbers.parse(cell.replace(".", "").replace(',', '.'))
                    : Double.NaN;
        }
    };

    private static final Pattern COMMAS = Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?");
    private static final Pattern POINTS = Pattern.compile("[+-]?[1-9]\\d{0,2}(\\.\\d{3})+(,\\d*)?");

    /** The number a cell holds, as {@link Numbers#parse} tells it. */
    abstract double parse(String cell);

    /** Whether a cell has points that may part thousands, and nothing else that is no digit. */
    static boolean hasPointsAtThousands(String cell) {
        return cell.indexOf(',') < 0 && POINTS.matcher(cell).matches();
    }
}
