package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.ml.SparseClassifier;
import org.winnow.ml.SparseClassifierModel;

class PredictorAsJobTest {
    private static final String DATA = "src/main/data/breast-cancer.csv";

    @TempDir
    Path dir;

    @Test
    void theClassifierOfSparkMlComesToTheBitsOfTheJob() throws IOException {
        JobRun run = JobRun.of(
                PruneJob.runner(),
                "data.path=" + DATA,
                "data.label=diagnosis",
                "data.test_fraction=0.25",
                "network.layers=[16]",
                "dense.epochs=3",
                "train.epochs=3",
                "train.seed=7",
                "prune.method=hard_concrete",
                "prune.reg_weight=0.5",
                "prune.thresholds=[0.5,0.4]",
                "prune.layer_methods={vd=[out]}",
                "finetune.epochs=2",
                "output.dir=" + dir.resolve("job"));
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        SparseClassifierModel model = new SparseClassifier()
                .setTestFraction(0.25)
                .setLayers("16")
                .setDenseEpochs(3)
                .setEpochs(3)
                .setSeed(7)
                .setMethod("hard_concrete")
                .setRegWeight(0.5)
                .setPruneThresholds(0.5, 0.4)
                .setLayerMethods("{vd = [out]}")
                .setFinetuneEpochs(2)
                .fit(rows());
        model.write().save(dir.resolve("model").toString());
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("job/model/sparse.safetensors")),
                Files.readAllBytes(dir.resolve("model/network.safetensors")));
        SparkSession spark = SparkTest.session();
        assertEquals(table(spark.read().parquet(dir.resolve("job/relevance").toString())), table(model.relevance()));
        assertEquals(table(spark.read().parquet(dir.resolve("job/masks").toString())), table(model.masks()));
        assertEquals(
                table(spark.read().parquet(dir.resolve("job/trials").toString()).drop("params", "seconds")),
                table(model.trials().drop("params", "seconds")));
    }

    private static Dataset<Row> rows() {
        Dataset<Row> csv = SparkTest.session()
                .read()
                .option("header", true)
                .option("inferSchema", true)
                .csv(DATA);
        String[] features = Arrays.stream(csv.columns())
                .filter(column -> !column.equals("diagnosis"))
                .toArray(String[]::new);
        // The job sorts the names of classes: benign comes before malignant.
        return new VectorAssembler()
                .setInputCols(features)
                .setOutputCol("features")
                .transform(csv.withColumn("label", functions.expr("if(diagnosis = 'malignant', 1, 0)")));
    }

    private static List<String> table(Dataset<Row> table) {
        return table.drop("trial_id", "schema_version").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }
}
