package org.winnow.data.read;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * Rows of libsvm files: {@code label index:value index:value …}, indices ascending, zero where none is given. What the
 * first index is, 0 or 1, no file says. Rows to predict for need no label. Blank lines and what follows a {@code #} do not count. The features are called f0, f1, …
 */
final class LibsvmReader implements RowReader {
    /** Rows become dense; more inputs than this no network here could take. */
    private static final int LARGEST_INDEX = 1_000_000;

    private final Part part;
    private final boolean labelled;
    private final int firstIndex;
    private final LineReader lines;
    private final Text line = new Text();
    private long offset;
    private long row;
    /** Slots of the longest row so far, so that the next hardly has to grow. */
    private int widest = 64;

    private LibsvmReader(Part part, boolean labelled, Dialect dialect, Configuration hadoop) throws IOException {
        this.part = part;
        this.labelled = labelled;
        this.firstIndex = dialect.firstIndex();
        this.lines =
                new LineReader(DataFiles.openText(hadoop, new Path(part.path()), part.start(), StandardCharsets.UTF_8));
        this.offset = part.start();
    }

    static Source open(JavaSparkContext spark, List<FileStatus> files, ColumnRules rules, Dialect dialect) {
        var hadoop = new SerializableConfiguration(spark.hadoopConfiguration());
        boolean labelled = rules.only().isEmpty();
        String first = files.get(0).getPath().getName();
        rules.requireNoCategorical(first);
        List<Part> parts = Parts.ofRecords(spark, files, false, Parts.BYTES);
        return Source.of(
                        spark,
                        "label",
                        List.of(),
                        parts,
                        part -> new LibsvmReader(part, labelled, dialect, hadoop.value()))
                .withWarnings(rules.labelWarnings("libsvm"))
                .withNotes(List.of(first + ": indices are taken to begin with " + dialect.firstIndex()
                        + ", which is feature f0 (data.first_index)"));
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
                double[] slots = slots(words, text.strip());
                return new RawRow(part.index(), row++, slots, RawRow.NO_TEXTS);
            }
        }
        return null;
    }

    private double[] slots(StringTokenizer words, String line) {
        double[] slots = new double[widest];
        if (labelled) {
            slots[0] = label(words.nextToken(), words);
        } else {
            slots[0] = Double.NaN;
            if (!line.substring(0, endOfWord(line)).contains(":")) {
                words.nextToken();
            }
        }
        int last = 0;
        while (words.hasMoreTokens()) {
            String word = words.nextToken();
            int colon = word.indexOf(':');
            if (colon <= 0) {
                throw fault("\"" + word + "\" is not index:value");
            }
            int slot = slot(word.substring(0, colon), last);
            if (slot >= slots.length) {
                slots = Arrays.copyOf(slots, Math.max(slot + 1, 2 * slots.length));
            }
            slots[slot] = number(word.substring(colon + 1), "the value of index " + (slot + firstIndex - 1));
            last = slot;
        }
        widest = Math.max(widest, last + 1);
        return Arrays.copyOf(slots, last + 1);
    }

    private static int endOfWord(String line) {
        int end = 0;
        while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
            end++;
        }
        return end;
    }

    private double label(String word, StringTokenizer rest) {
        if (word.indexOf(',') >= 0) {
            throw fault("one label is allowed, got several: \"" + word + "\"");
        }
        if (word.indexOf(':') > 0) {
            String next = rest.hasMoreTokens() ? rest.nextToken() : "";
            boolean weight = indexOf(word) >= indexOf(next) && indexOf(next) >= 0;
            throw fault(
                    weight
                            ? "\"" + word
                                    + "\" is a label with the row's weight, which is not read; take the weight out"
                            : "the label is missing: it begins with \"" + word + "\"");
        }
        return number(word, "the label");
    }

    private static int indexOf(String word) {
        String index = word.indexOf(':') < 0 ? "" : word.substring(0, word.indexOf(':'));
        return index.matches("\\d{1,9}") ? Integer.parseInt(index) : -1;
    }

    /** The slot of an index: slot 0 is the label's. */
    private int slot(String word, int last) {
        if (word.equals("qid")) {
            throw fault("\"qid\" groups rows for ranking, which nothing here learns from; take it out");
        }
        int index = word.matches("\\d{1,9}") ? Integer.parseInt(word) : -1;
        if (index == 0 && firstIndex == 1) {
            throw fault("index 0, but indices are taken to begin with 1; if those of the file begin with 0, as "
                    + "scikit-learn writes them, set data.first_index=0");
        }
        if (index < firstIndex || index > LARGEST_INDEX) {
            throw fault("an index must be a whole number in " + firstIndex + ".." + LARGEST_INDEX + ", got \"" + word
                    + "\"");
        }
        int slot = index + 1 - firstIndex;
        if (slot <= last) {
            throw fault("indices must ascend, got " + index + " after " + (last + firstIndex - 1));
        }
        return slot;
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
