package org.winnow.data.read;

import java.util.Locale;
import java.util.Optional;

/** How the rows are stored. */
public enum Format {
    /** Told from the path. */
    AUTO,
    /** Cells between commas (or what {@link Dialect} says), quotes as in RFC 4180. */
    CSV,
    /** {@code label index:value …}, indices from 1 unless {@link Dialect} says otherwise. */
    LIBSVM,
    /** Columns of numbers, booleans, text, lists of numbers, and vectors of Spark ML. */
    PARQUET,
    /** Images and labels as MNIST has them. */
    IDX,
    /** Rows of a generator with known relevant features. */
    SYNTHETIC;

    /** What the name of a file says about its format. */
    static Optional<Format> of(String path) {
        String name = Compression.withoutEnding(path.toLowerCase(Locale.ROOT));
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return Optional.of(CSV);
        }
        if (name.endsWith(".libsvm") || name.endsWith(".svm") || name.endsWith(".svmlight")) {
            return Optional.of(LIBSVM);
        }
        if (name.endsWith(".parquet")) {
            return Optional.of(PARQUET);
        }
        if (name.matches(".*idx\\d[-.]ubyte")) {
            return Optional.of(IDX);
        }
        return Optional.empty();
    }
}
