package org.winnow.data.read;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Reads the rows of one part, in order. */
interface RowReader extends Closeable {
    /** The next row; null after the last. */
    @Nullable RawRow next() throws IOException;

    /** Opens a part, on whichever machine reads it. */
    interface Opener extends Serializable {
        RowReader open(Part part) throws IOException;
    }
}
