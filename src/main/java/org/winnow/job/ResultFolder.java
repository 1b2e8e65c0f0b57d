package org.winnow.job;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.winnow.file.Damaged;
import org.winnow.file.Manifest;

/**
 * What a job leaves in a folder.
 *
 * @param kind in its manifest
 * @param marks what is in all results of the job
 * @param names all that may be in them
 */
record ResultFolder(String kind, List<String> marks, Set<String> names) implements Ours {
    static final String PAGE = "report.html";
    static final String PLOTS = "plots";
    private static final String CHECKSUM = ".crc";

    /** Whether a part of results has its hash in the manifest: {@code jobs/report.sh} makes pages anew. */
    static boolean isSealed(String part) {
        return !part.equals(PAGE) && !part.startsWith(PLOTS + "/");
    }

    private static boolean isOfReport(String part) {
        return part.equals(PAGE) || part.matches(PLOTS + "/[^/]+\\.svg");
    }

    @Override
    public Optional<String> objection(FileSystem files, Path place) throws IOException {
        for (String mark : marks) {
            if (!files.exists(new Path(place, mark))) {
                return Optional.of("no results of this job");
            }
        }
        return Optional.empty();
    }

    @Override
    public Optional<String> foreign(FileSystem files, Path place) throws IOException {
        for (FileStatus file : files.listStatus(place)) {
            String name = file.getPath().getName();
            if (!names.contains(name) && !name.endsWith(CHECKSUM)) {
                return Optional.of(name);
            }
        }
        try {
            Manifest manifest = Manifest.read(files, place, kind);
            return Manifest.names(files, place).stream()
                    .filter(name -> !isOfReport(name) && !name.equals(Manifest.NAME))
                    .filter(name -> !manifest.parts().containsKey(name))
                    .findFirst();
        } catch (FileNotFoundException | Damaged e) {
            // Results of a run that was stopped, or that somebody has changed: their names have to do.
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> last() {
        return Optional.of(Manifest.NAME);
    }

    @Override
    public void seal(FileSystem files, Path results) throws IOException {
        Manifest.write(files, results, kind, part -> isSealed(part) && names.contains(part.replaceFirst("/.*", "")));
    }
}
