package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.ml.StochasticGateSelector;

class SelectorAsJobTest {
    private static final String DATA = "src/main/data/breast-cancer.csv";

    @TempDir
    Path dir;

    @Test
    void theSelectorOfSparkMlComesToTheNumbersOfTheJob() {
        JobRun run = JobRun.of(
                SelectJob.runner(),
                "data.path=" + DATA,
                "data.label=diagnosis",
                "data.test_fraction=0.25",
                "train.epochs=4",
                "train.seed=7",
                "gates.reg_weight=0.03",
                "select.finetune_epochs=0",
                "select.top_k=6",
                "output.dir=" + dir.resolve("job"));
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        Dataset<Row> csv = SparkTest.session()
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(DATA);
        String[] features = Arrays.stream(csv.columns())
                .filter(column -> !column.equals("diagnosis"))
                .toArray(String[]::new);
        // The job sorts the names of classes: benign comes before malignant.
        Dataset<Row> rows = new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(csv.withColumn("label", functions.expr("if(diagnosis = 'malignant', 1, 0)")));
        Dataset<Row> gates = new StochasticGateSelector()
                .setOutputCol("kept")
                .setTestFraction(0.25)
                .setEpochs(4)
                .setSeed(7)
                .setRegWeight(0.03)
                .setTopK(6)
                .fit(rows)
                .gates();
        assertEquals(
                table(SparkTest.session()
                        .read()
                        .parquet(dir.resolve("job/gates").toString())),
                table(gates));
    }

    private static List<String> table(Dataset<Row> gates) {
        return gates.drop("trial_id", "schema_version").orderBy("gate").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
