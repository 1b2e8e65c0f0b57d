package org.winnow.data;

/** What becomes of missing values. */
public enum Missing {
    /** They are refused. */
    ERROR,
    /** Numbers become the mean of the training rows, categories the most frequent one. */
    MEAN,
    /** Numbers and categories become the most frequent value of the training rows. */
    MOST_FREQUENT
}
