package org.winnow.job;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What a job leaves at a place: how it is told from what others have put there, and whole results from a part. */
interface Ours {
    /** Why what is at a place may not be replaced: what it holds, in words; empty if it was made by the same job. */
    Optional<String> objection(FileSystem files, Path place) throws IOException;

    /** What somebody has put into results of the job since, by its name; empty if nothing. */
    default Optional<String> foreign(FileSystem files, Path place) throws IOException {
        return Optional.empty();
    }

    /** Whether it is one file, which every file system shows whole or not at all. */
    default boolean isFile() {
        return false;
    }

    /** The part of a folder that is written last, so that no folder without it is a result; empty if there is none. */
    default Optional<String> last() {
        return Optional.empty();
    }

    /** Writes the last part, unless it is there already. */
    default void seal(FileSystem files, Path results) throws IOException {}
}
