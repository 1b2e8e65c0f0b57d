package org.winnow.data;

/** How numbers become inputs of a network. */
public enum Standardising {
    /** Each column by its own mean and deviation over the training rows; columns that do not vary are left out. */
    COLUMNS,
    /**
     * Each column by its own median and quartiles over a sample of the training rows, so that those of a normal
     * distribution get mean 0 and deviation 1; what is further away than ten deviations is cut there. Columns that do not
     * vary are left out.
     */
    ROBUST,
    /** All columns alike, as images want it: the least number of any column becomes 0, the largest 1. All columns stay. */
    RANGE,
    /** All columns alike, by the mean and the deviation of all their numbers over the training rows. All columns stay. */
    GLOBAL,
    /** As they are. All columns stay. */
    NONE;

    /** Whether columns that do not vary are left out. */
    boolean dropsConstants() {
        return this == COLUMNS || this == ROBUST;
    }
}
