package org.winnow.data.read;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;

/** File systems of the places that a configuration names. */
public final class FileSystems {
    private FileSystems() {}

    /**
     * The file system of a place.
     *
     * @param key of the configuration that names it
     * @throws UserError if the place is not a path, or its file system has no connector on the class path or does not
     *     answer
     */
    public static FileSystem of(String key, String place, Configuration hadoop) {
        try {
            return new Path(place).getFileSystem(hadoop);
        } catch (IOException | RuntimeException e) {
            // A scheme whose connector is missing comes as a bare RuntimeException.
            throw new UserError(key + ": no file system for " + place + ": " + e.getMessage(), e);
        }
    }
}
