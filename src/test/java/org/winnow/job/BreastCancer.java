package org.winnow.job;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.winnow.SparkTest;

/** The bundled data for estimators, as jobs read it; and tables of both, to be compared. */
final class BreastCancer {
    static final String PATH = "src/main/data/breast-cancer.csv";
    static final String LABEL = "diagnosis";

    private BreastCancer() {}

    /** Columns features, a vector, and label, a class. */
    static Dataset<Row> rows() {
        Dataset<Row> csv = SparkTest.session()
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(PATH);
        String[] features = Arrays.stream(csv.columns())
                .filter(column -> !column.equals(LABEL))
                .toArray(String[]::new);
        // The job sorts the names of classes: benign comes before malignant.
        return new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(csv.withColumn("label", functions.expr("if(" + LABEL + " = 'malignant', 1, 0)")));
    }

    /** A table's rows as texts, without what a job's and an estimator's cannot share: ids are of params, which differ. */
    static List<String> comparable(Dataset<Row> table) {
        return table.drop("trial_id", "schema_version").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
