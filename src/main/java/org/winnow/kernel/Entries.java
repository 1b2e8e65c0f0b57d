package org.winnow.kernel;

/**
 * What is not 0 of a matrix, row after row (compressed sparse rows).
 *
 * @param starts where each row begins among the entries, and at last how many entries there are: {@code [rows + 1]}
 * @param indices the column of each entry; there may be room for more
 * @param values of the entries; there may be room for more
 */
public record Entries(int[] starts, int[] indices, float[] values) {
    int rows() {
        return starts.length - 1;
    }
}
