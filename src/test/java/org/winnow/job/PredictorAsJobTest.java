package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.ml.SparseClassifier;
import org.winnow.ml.SparseClassifierModel;

class PredictorAsJobTest {
    @TempDir
    Path dir;

    @Test
    void theClassifierOfSparkMlComesToTheBitsOfTheJob() throws IOException {
        JobRun run = JobRun.of(
                PruneJob.runner(),
                "data.path=" + BreastCancer.PATH,
                "data.label=" + BreastCancer.LABEL,
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
                .fit(BreastCancer.rows());
        model.write().save(dir.resolve("model").toString());
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("job/model/sparse.safetensors")),
                Files.readAllBytes(dir.resolve("model/network.safetensors")));
        assertSame("relevance", model.relevance());
        assertSame("masks", model.masks());
        assertSame("trials", model.trials(), "params", "seconds");
    }

    private void assertSame(String table, Dataset<Row> ofModel, String... unshared) {
        Dataset<Row> ofJob = SparkTest.session()
                .read()
                .parquet(dir.resolve("job").resolve(table).toString());
        assertEquals(
                BreastCancer.comparable(ofJob.drop(unshared)), BreastCancer.comparable(ofModel.drop(unshared)), table);
    }
}
