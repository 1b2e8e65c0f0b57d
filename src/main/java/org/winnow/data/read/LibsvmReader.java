package org.winnow.data.read;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.StringTokenizer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Rows of libsvm files: {@code label index:value index:value …}, indices from 1 and ascending, zero where none is given.
 * Blank lines and what follows a {@code #} do not count. The features are called f0, f1, …
 */
final class LibsvmReader implements RowReader {
    /** Rows become dense; more inputs than this no network here could take. */
    private static final int LARGEST_INDEX = 1_000_000;

    private final Part part;
    private final LineReader lines;
    private final Text line = new Text();
    private long offset;
    private long row;

    private LibsvmReader(Part part, Configuration hadoop) throws IOException {
        this.part = part;
        this.lines = new LineReader(DataFiles.open(hadoop, new Path(part.path()), part.start()));
        this.offset = part.start();
    }

    static Source open(JavaSparkContext spark, List<FileStatus> files, ColumnRules rules) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        rules.requireNoCategorical(files.get(0).getPath().getName());
        List<Part> parts = Parts.ofRecords(spark, files, false, Parts.BYTES);
        return Source.of(spark, "label", List.of(), parts, part -> new LibsvmReader(part, hadoop.value()))
                .withWarnings(rules.labelWarnings("libsvm"));
    }

    @Override
    public @Nullable RawRow next() throws IOException {
        while (offset < part.end()) {
            int bytes = lines.readLine(line);
            if (bytes == 0) {
                return null;
            }
            offset += bytes;
            String text = line.toString();
            int comment = text.indexOf('#');
            StringTokenizer words = new StringTokenizer(comment < 0 ? text : text.substring(0, comment));
            if (words.hasMoreTokens()) {
                double[] slots = slots(words);
                return new RawRow(part.index(), row++, slots, RawRow.NO_TEXTS);
            }
        }
        return null;
    }

    private double[] slots(StringTokenizer words) {
        double[] slots = new double[64];
        slots[0] = number(words.nextToken(), "the label");
        int last = 0;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            int colon = word.indexOf(':');
            if (colon <= 0) {
                throw fault("\"" + word + "\" is not index:value");
            }
            int index = index(word.substring(0, colon), last);
            if (index >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(index + 1, 2 * slots.length));
            }
            slots[index] = number(word.substring(colon + 1), "the value of index " + index);
            last = index;
        }
        return Arrays.copyOf(slots, last + 1);
    }

    private int index(String word, int last) {
        int index = word.matches("\\d{1,9}") ? Integer.parseInt(word) : -1;
        if (index < 1 || index > LARGEST_INDEX) {
            throw fault("an index must be a whole number in 1.." + LARGEST_INDEX + ", got \"" + word + "\"");
        }
        if (index <= last) {
            throw fault("indices must ascend, got " + index + " after " + last);
        }
        return index;
    }

    private double number(String word, String what) {
        double number = Numbers.parse(word);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw fault(what + " must be a finite number, got \"" + word + "\"");
        }
        return number;
    }

    private RowFault fault(String what) {
        return RowFault.ofRow(part.index(), row, what);
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}
