package org.winnow.data.synthetic;

import java.io.Serializable;
import java.util.List;

/** Rows as a pure function of their number. */
public interface Generator extends Serializable {
    /** How many features a row has. */
    int features();

    /** Which of them the label depends on, from 0, ascending. */
    List<Integer> relevant();

    /**
     * Makes one row.
     *
     * @param row its number, from 0
     * @param into receives the features
     * @return the label
     */
    double row(long row, double[] into);
}
