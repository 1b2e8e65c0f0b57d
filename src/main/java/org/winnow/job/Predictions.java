package org.winnow.job;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** What {@code jobs/predict.sh} leaves. */
enum Predictions implements Ours {
    /** One file, which has to begin as predictions do. */
    CSV {
        @Override
        public Optional<String> objection(FileSystem files, Path place) throws IOException {
            byte[] expected = "row,prediction".getBytes(StandardCharsets.UTF_8);
            if (!files.getFileStatus(place).isFile()) {
                return NO_RESULTS;
            }
            try (var in = files.open(place)) {
                return Arrays.equals(expected, in.readNBytes(expected.length)) ? Optional.empty() : NO_RESULTS;
            }
        }

        @Override
        public boolean isFile() {
            return true;
        }
    },

    /** A folder that holds what Spark writes and nothing else; Spark writes {@code _SUCCESS} last. */
    PARQUET {
        @Override
        public Optional<String> objection(FileSystem files, Path place) throws IOException {
            return files.exists(new Path(place, SUCCESS))
                            && foreign(files, place).isEmpty()
                    ? Optional.empty()
                    : NO_RESULTS;
        }

        @Override
        public Optional<String> foreign(FileSystem files, Path place) throws IOException {
            return Arrays.stream(files.listStatus(place))
                    .map(FileStatus::getPath)
                    .map(Path::getName)
                    .filter(name -> !name.equals(SUCCESS) && !name.equals(UNFINISHED) && !name.matches(PART))
                    .findFirst();
        }

        @Override
        public Optional<String> last() {
            return Optional.of(SUCCESS);
        }

        @Override
        public void seal(FileSystem files, Path results) throws IOException {
            Path success = new Path(results, SUCCESS);
            if (!files.exists(success)) {
                files.create(success, false).close();
            }
        }
    };

    private static final Optional<String> NO_RESULTS = Optional.of("no results of this job");
    private static final String SUCCESS = "_SUCCESS";

    /** Where Spark's tasks write, until all are done. */
    private static final String UNFINISHED = "_temporary";

    private static final String PART = "part-.*\\.parquet";
}
