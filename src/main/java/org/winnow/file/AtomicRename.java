package org.winnow.file;

import java.util.Set;
import org.apache.hadoop.fs.FileSystem;

/**
 * Which file systems rename a folder in one step. Hadoop has no word for it: S3A, for one, copies object by object and
 * deletes the originals last, so a run that is killed meanwhile leaves a part of its results under their name. Whatever is
 * not known to be atomic is taken not to be.
 */
public final class AtomicRename {
    /** Spark's setting {@code spark.hadoop.winnow.rename.atomic} names further schemes, with commas. */
    public static final String SETTING = "winnow.rename.atomic";

    private static final Set<String> SCHEMES = Set.of("file", "hdfs", "webhdfs", "swebhdfs");

    private AtomicRename() {}

    /** Whether a file system is one of them. */
    public static boolean isOf(FileSystem files) {
        String scheme = files.getUri().getScheme();
        return SCHEMES.contains(scheme)
                || files.getConf().getTrimmedStringCollection(SETTING).contains(scheme);
    }
}
