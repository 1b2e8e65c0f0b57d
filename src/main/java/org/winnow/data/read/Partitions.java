package org.winnow.data.read;

import java.io.Serializable;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.jspecify.annotations.Nullable;
import org.winnow.check.UserError;

/**
 * Columns that are in the names of folders, {@code year=2020/month=1}, as Hive has them.
 *
 * @param names of the columns
 * @param depth how many names of folders in a path do not count, as they are above the data
 */
record Partitions(List<String> names, int depth) implements Serializable {
    private static final String MISSING = "__HIVE_DEFAULT_PARTITION__";

    /**
     * The columns of these files.
     *
     * @param depth how deep the place is that the configuration names
     * @throws UserError if the files do not have the same
     */
    static Partitions of(List<FileStatus> files, int depth) {
        Partitions first = new Partitions(names(files.get(0).getPath(), depth), depth);
        for (FileStatus file : files) {
            List<String> own = names(file.getPath(), depth);
            if (!own.equals(first.names())) {
                throw new UserError("data.path: all files must be in folders of the same names, got "
                        + (first.names().isEmpty() ? "none" : String.join("=…/", first.names()) + "=…") + " for "
                        + files.get(0).getPath().getName() + " and "
                        + (own.isEmpty() ? "none" : String.join("=…/", own) + "=…") + " for "
                        + file.getPath().getName());
            }
        }
        return first;
    }

    /** Whether a folder is named so. */
    static boolean isOne(Path folder) {
        return folder.getName().indexOf('=') > 0;
    }

    /** These but for columns that the files have themselves. */
    Partitions without(List<String> header) {
        return new Partitions(
                names.stream().filter(name -> !header.contains(name)).toList(), depth);
    }

    /** The cells of a file's rows, in the order of the names; null where one is missing. */
    List<@Nullable String> cells(String path) {
        List<@Nullable String> cells = new ArrayList<>();
        for (String folder : folders(new Path(path), depth)) {
            if (names.contains(decoded(folder.substring(0, folder.indexOf('='))))) {
                String value = decoded(folder.substring(folder.indexOf('=') + 1));
                cells.add(value.equals(MISSING) ? null : value);
            }
        }
        return cells;
    }

    private static List<String> names(Path file, int depth) {
        return folders(file, depth).stream()
                .map(folder -> decoded(folder.substring(0, folder.indexOf('='))))
                .toList();
    }

    /** The folders above a file that are named so, the highest first. */
    private static List<String> folders(Path file, int depth) {
        List<String> folders = new ArrayList<>();
        for (Path folder = file.getParent(); folder != null && folder.depth() > depth; folder = folder.getParent()) {
            if (isOne(folder)) {
                folders.add(0, folder.getName());
            }
        }
        return folders;
    }

    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name; // A lone per cent sign: it was not encoded.
        }
    }
}
