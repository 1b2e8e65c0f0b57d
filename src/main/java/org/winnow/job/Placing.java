package org.winnow.job;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Lease;

/** How results get their name, so that none that has it is less than whole. */
interface Placing {
    /** Where they are written. */
    Path at();

    /** Begins: after this something can be written there. */
    void begin() throws IOException;

    /**
     * Requires that nothing else is written there now.
     *
     * @throws org.winnow.check.UserError if another run may have begun to
     */
    default void requireMine(Lease lease) throws IOException {}

    /**
     * Gives results the name; another beside it, which is said, if there is now something that may not be replaced.
     *
     * @param results {@link #at()}, or a file in it
     * @return the place in the user's words
     */
    String put(Path results, Lease lease) throws IOException;

    /** Takes everything away that was written since the beginning. */
    void abandon() throws IOException;
}
