package org.winnow.data.read;

import java.util.Locale;
import org.winnow.check.UserError;

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

    /** What the path of a file says about its format. */
    static Format of(String path) {
        String name = Compression.withoutEnding(path.toLowerCase(Locale.ROOT));
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return CSV;
        }
        if (name.endsWith(".libsvm") || name.endsWith(".svm") || name.endsWith(".svmlight")) {
            return LIBSVM;
        }
        if (name.endsWith(".parquet")) {
            return PARQUET;
        }
        if (name.matches(".*idx\\d[-.]ubyte")) {
            return IDX;
        }
        throw new UserError("data.format: cannot tell the format from the name of " + path
                + "; set it to csv, libsvm, parquet or idx");
    }
}
