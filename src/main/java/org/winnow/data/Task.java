package org.winnow.data;

/** What is learned from the label. */
public enum Task {
    /** Told from the label: text, or at most 20 whole numbers, are classes. */
    AUTO,
    /** Classes. */
    CLASSIFICATION,
    /** A number. */
    REGRESSION
}
