package org.winnow.data.read;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.jspecify.annotations.Nullable;
import org.winnow.data.synthetic.Generator;
import org.winnow.data.synthetic.Synthetic;

/** Rows of a generator. */
final class SyntheticReader implements RowReader {
    private static final long ROWS_OF_A_PART = 10_000;

    private final Part part;
    private final Generator generator;
    private long row;

    private SyntheticReader(Part part, Generator generator) {
        this.part = part;
        this.generator = generator;
        this.row = part.start();
    }

    static Source open(JavaSparkContext spark, String path, ColumnRules rules) {
        Synthetic synthetic = Synthetic.of(path);
        Generator generator = synthetic.generator();
        List<String> features = IntStream.rangeClosed(1, generator.features())
                .mapToObj(i -> "x" + i)
                .toList();
        rules.requireNoCategorical(synthetic.name());
        rules.requireIgnored(features, synthetic.name());
        return Source.of(
                        spark,
                        "y",
                        features,
                        Parts.ofRows(synthetic.name(), synthetic.rows(), ROWS_OF_A_PART),
                        part -> new SyntheticReader(part, generator))
                .withRelevant(synthetic.relevant())
                .withWarnings(rules.labelWarnings("synthetic"));
    }

    @Override
    public @Nullable RawRow next() {
        if (row >= part.end()) {
            return null;
        }
        double[] features = new double[generator.features()];
        double label = generator.row(row, features);
        double[] slots = new double[features.length + 1];
        slots[0] = label;
        System.arraycopy(features, 0, slots, 1, features.length);
        return new RawRow(part.index(), row++ - part.start(), slots, RawRow.NO_TEXTS);
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
