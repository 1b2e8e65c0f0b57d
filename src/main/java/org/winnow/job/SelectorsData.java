package org.winnow.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.StandardScaler;
import org.apache.spark.ml.feature.StandardScalerModel;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.winnow.data.synthetic.Synthetic;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;

/**
 * Rows to select features on: in random order, with their columns in random order too, so that nobody gains by preferring
 * the first ones.
 *
 * @param name of the data
 * @param classes whether the label is a class
 * @param relevant places of the features that matter, where they are known
 * @param rows label and features
 */
record SelectorsData(String name, boolean classes, Optional<Set<Integer>> relevant, List<Row> rows) {
    /** The columns of MADELON that carry signal, from 0 (Guyon et al. 2003, NIPS feature selection challenge). */
    static final Set<Integer> MADELON_SIGNAL =
            Set.of(28, 48, 64, 105, 128, 153, 241, 281, 318, 336, 338, 378, 433, 442, 451, 453, 455, 472, 475, 493);

    private static final int MADELON_WIDTH = 500;
    private static final long STREAM = 0x5E1E;
    private static final long ROWS = 0;
    private static final long COLUMNS = 1;
    private static final StructType SCHEMA =
            new StructType().add("label", DataTypes.DoubleType).add("raw", SQLDataTypes.VectorType());

    /** Rows to learn from and rows to judge by, standardised after the former. */
    record Halves(Dataset<Row> learned, Dataset<Row> judged) implements AutoCloseable {
        @Override
        public void close() {
            learned.unpersist();
            judged.unpersist();
        }
    }

    /** Made rows. */
    static SelectorsData synthetic(String name, boolean classes, String path, long seed) {
        Synthetic made = Synthetic.of(path + "&seed=" + seed);
        List<Row> rows = new ArrayList<>();
        for (long row = 0; row < made.rows(); row++) {
            double[] features = new double[made.generator().features()];
            double label = made.generator().row(row, features);
            rows.add(RowFactory.create(label, Vectors.dense(features)));
        }
        return shuffled(name, classes, Optional.of(Set.copyOf(made.relevant())), rows, seed);
    }

    static SelectorsData madelon(SparkSession spark, String folder, long seed) {
        Dataset<Row> rows = spark.read()
                .format("libsvm")
                .option("numFeatures", MADELON_WIDTH)
                .load(folder + "/madelon.libsvm.gz");
        return shuffled("madelon", true, Optional.of(MADELON_SIGNAL), rows.collectAsList(), seed);
    }

    static SelectorsData breastCancer(SparkSession spark, String folder, long seed) {
        Dataset<Row> table =
                spark.read().option("header", true).option("inferSchema", true).csv(folder + "/breast-cancer.csv");
        String[] numbers = Stream.of(table.columns())
                .filter(name -> !name.equals("diagnosis"))
                .toArray(String[]::new);
        Dataset<Row> vectors =
                new VectorAssembler().setInputCols(numbers).setOutputCol("raw").transform(table);
        Dataset<Row> indexed = new StringIndexer()
                .setInputCol("diagnosis")
                .setOutputCol("label")
                .fit(vectors)
                .transform(vectors);
        return shuffled(
                "breast-cancer",
                true,
                Optional.empty(),
                indexed.select("label", "raw").collectAsList(),
                seed);
    }

    private static SelectorsData shuffled(
            String name, boolean classes, Optional<Set<Integer>> relevant, List<Row> rows, long seed) {
        int width = rows.get(0).<Vector>getAs(1).size();
        Noise key = Noise.of(seed).child(STREAM);
        Permutation columns = Permutation.of(key.child(COLUMNS), width);
        Permutation order = Permutation.of(key.child(ROWS), rows.size());
        List<Row> mixed = IntStream.range(0, rows.size())
                .mapToObj(i -> rows.get((int) order.apply(i)))
                .map(row -> RowFactory.create(row.getDouble(0), mixed(row.<Vector>getAs(1), columns)))
                .toList();
        return new SelectorsData(name, classes, relevant.map(places -> mixed(places, columns)), mixed);
    }

    private static Vector mixed(Vector features, Permutation columns) {
        double[] mixed = new double[features.size()];
        for (int i = 0; i < mixed.length; i++) {
            mixed[(int) columns.apply(i)] = features.apply(i);
        }
        return Vectors.dense(mixed);
    }

    private static Set<Integer> mixed(Set<Integer> places, Permutation columns) {
        Set<Integer> mixed = new TreeSet<>();
        places.forEach(place -> mixed.add((int) columns.apply(place)));
        return mixed;
    }

    /** The first part of the rows, and those that follow it. */
    Halves halves(SparkSession spark, int firstJudged, int end) {
        Dataset<Row> learned = spark.createDataFrame(rows.subList(0, firstJudged), SCHEMA);
        Dataset<Row> judged = spark.createDataFrame(rows.subList(firstJudged, end), SCHEMA);
        StandardScalerModel scaler = new StandardScaler()
                .setInputCol("raw")
                .setOutputCol("features")
                .setWithMean(true)
                .fit(learned);
        return new Halves(standardised(scaler, learned), standardised(scaler, judged));
    }

    /** In one part, as forests draw rows by part, and held, as they are read often. */
    private static Dataset<Row> standardised(StandardScalerModel scaler, Dataset<Row> rows) {
        return scaler.transform(rows).select("label", "features").coalesce(1).cache();
    }
}
