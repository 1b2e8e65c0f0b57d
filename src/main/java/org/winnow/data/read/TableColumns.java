package org.winnow.data.read;

import java.io.Serializable;
import java.util.List;

/**
 * The columns of a table by slot.
 *
 * @param label the name of slot 0; empty for none
 * @param features the names of slots 1, 2, …
 * @param positions where in the table each slot is; -1 for no label
 * @param text which slots hold text even where it looks like a number
 * @param warnings about columns that were left out
 */
record TableColumns(String label, List<String> features, int[] positions, boolean[] text, List<String> warnings)
        implements Serializable {
    String name(int slot) {
        return slot == 0 ? label : features.get(slot - 1);
    }

    int slots() {
        return positions.length;
    }
}
