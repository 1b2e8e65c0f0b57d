package org.winnow.data.read;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.winnow.check.UserError;

/** A row that cannot be used. Tasks hand it to the driver, which turns the first of all into the user's sentence. */
public final class RowFault extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Orders faults by their place in the data. */
    public static final Comparator<RowFault> BY_PLACE =
            Comparator.<RowFault>comparingInt(fault -> fault.part).thenComparingLong(fault -> fault.row);

    private final int part;
    private final long row;

    private RowFault(int part, long row, String what) {
        super(what, null, false, false);
        this.part = part;
        this.row = row;
    }

    /** A fault of a whole row, from 0 within the part. */
    public static RowFault ofRow(int part, long row, String what) {
        return new RowFault(part, row, ": " + what);
    }

    /** A fault of one cell of a row. */
    public static RowFault ofCell(int part, long row, String column, String what) {
        return new RowFault(part, row, ", column \"" + column + "\": " + what);
    }

    /** A fault of the part as a whole. */
    static RowFault ofPart(int part, String what) {
        return new RowFault(part, -1, ": " + what);
    }

    /**
     * The sentence: file, row from 1, column, what.
     *
     * @param paths the file of each part; parts of one file follow each other
     * @param rows how many rows were read of the parts before this one
     */
    public UserError toUserError(List<String> paths, Map<Integer, Long> rows) {
        String path = paths.get(part);
        String file = Part.name(path);
        if (row < 0) {
            return new UserError(file + getMessage());
        }
        long number = row + 1;
        for (int before = part - 1; before >= 0 && paths.get(before).equals(path); before--) {
            number += rows.getOrDefault(before, 0L);
        }
        return new UserError(file + " row " + number + getMessage());
    }
}
