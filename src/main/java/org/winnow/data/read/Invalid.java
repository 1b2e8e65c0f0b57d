package org.winnow.data.read;

/** What becomes of rows that have a missing or an infinite number. */
public enum Invalid {
    /** They are refused. */
    ERROR,
    /** They are left out. */
    SKIP,
    /** They stay, and what is missing is filled. Labels and weights cannot be. */
    KEEP
}
