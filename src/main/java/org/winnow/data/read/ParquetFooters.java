package org.winnow.data.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.winnow.check.UserError;

/** Looks at the last bytes of Parquet files, so that what is none is told in words, not by a failed job. */
final class ParquetFooters {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int SHORTEST = 12;

    private ParquetFooters() {}

    static void require(Configuration hadoop, List<FileStatus> files) {
        for (FileStatus file : files) {
            Path path = file.getPath();
            try (FSDataInputStream in = path.getFileSystem(hadoop).open(path)) {
                byte[] last = new byte[MAGIC.length];
                if (file.getLen() >= SHORTEST) {
                    in.readFully(file.getLen() - MAGIC.length, last);
                }
                if (!Arrays.equals(last, MAGIC)) {
                    throw new UserError(path.getName() + ": not a Parquet file, or cut short: it must end with PAR1");
                }
            } catch (IOException e) {
                throw DataFiles.unreadable(path, e);
            }
        }
    }
}
