package org.winnow.prune;

/** What a search varies. */
public enum SearchBy {
    THRESHOLD,
    REG_WEIGHT
}
