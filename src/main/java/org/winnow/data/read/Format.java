package org.winnow.data.read;

import java.util.Locale;
import org.winnow.check.UserError;

/** How the rows are stored. */
public enum Format {
    /** Told from the path. */
    AUTO,
    /** Comma separated, header first, quotes as in RFC 4180, UTF-8. */
    CSV,
    /** {@code label index:value …}, indices from 1. */
    LIBSVM,
    /** Columns of numbers, booleans, text, and vectors of Spark ML. */
    PARQUET,
    /** Images and labels as MNIST has them. */
    IDX,
    /** Rows of a generator with known relevant features. */
    SYNTHETIC;

    /** What the path of a file says about its format. */
    static Format of(String path) {
        String name = path.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|bz2)$", "");
        if (name.endsWith(".csv")) {
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
