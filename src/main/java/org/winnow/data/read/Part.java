package org.winnow.data.read;

import java.io.Serializable;

/**
 * A piece of the data that one task reads: a file, a range of a file's bytes, or a range of a generator's rows.
 *
 * @param index place among all parts, in the order of the rows
 * @param path the file
 * @param start first byte (or row) that belongs to it
 * @param end first byte (or row) that does not
 */
record Part(int index, String path, long start, long end) implements Serializable {
    /** What messages call the file at a path. */
    static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
