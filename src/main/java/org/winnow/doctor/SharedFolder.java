package org.winnow.doctor;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder beside which results will be, where processes write, rename, and see each other's files. */
final class SharedFolder implements AutoCloseable {
    private final FileSystem files;
    private final Path folder;

    private SharedFolder(FileSystem files, Path folder) {
        this.files = files;
        this.folder = folder;
    }

    /** Makes a new one in a place that may not be there yet. */
    static SharedFolder in(String place, Configuration hadoop) throws IOException {
        Path folder = new Path(place, ".winnow-doctor-" + UUID.randomUUID());
        FileSystem files = folder.getFileSystem(hadoop);
        if (!files.mkdirs(folder)) {
            throw new IOException("cannot make " + folder);
        }
        return new SharedFolder(files, files.makeQualified(folder));
    }

    String path() {
        return folder.toString();
    }

    boolean has(String name) throws IOException {
        return files.exists(new Path(folder, name));
    }

    /** Writes a file in a folder that another process made, and renames it; what failed, empty if nothing did. */
    static String write(String folder, String name, Configuration hadoop) {
        try {
            Path written = new Path(folder, name + ".aside");
            FileSystem files = written.getFileSystem(hadoop);
            if (!files.exists(written.getParent())) {
                return "does not see " + folder + ", which the driver made";
            }
            try (OutputStream out = files.create(written, true)) {
                out.write(name.getBytes(StandardCharsets.UTF_8));
            }
            Path renamed = new Path(folder, name);
            files.delete(renamed, false);
            return files.rename(written, renamed) ? "" : "cannot rename in " + folder;
        } catch (IOException e) {
            return "cannot write in " + folder + ": " + e.getMessage();
        }
    }

    @Override
    public void close() throws IOException {
        files.delete(folder, true);
    }
}
