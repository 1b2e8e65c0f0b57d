package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.ml.StochasticGateSelector;

class SelectorAsJobTest {
    @TempDir
    Path dir;

    @Test
    void theSelectorOfSparkMlComesToTheNumbersOfTheJob() {
        JobRun run = JobRun.of(
                SelectJob.runner(),
                "data.path=" + BreastCancer.PATH,
                "data.label=" + BreastCancer.LABEL,
                "data.test_fraction=0.25",
                "train.epochs=4",
                "train.seed=7",
                "gates.reg_weight=0.03",
                "select.finetune_epochs=0",
                "select.top_k=6",
                "output.dir=" + dir.resolve("job"));
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        Dataset<Row> gates = new StochasticGateSelector()
                .setOutputCol("kept")
                .setTestFraction(0.25)
                .setEpochs(4)
                .setSeed(7)
                .setRegWeight(0.03)
                .setTopK(6)
                .fit(BreastCancer.rows())
                .gates();
        Dataset<Row> ofJob =
                SparkTest.session().read().parquet(dir.resolve("job/gates").toString());
        assertEquals(BreastCancer.comparable(ofJob.orderBy("gate")), BreastCancer.comparable(gates.orderBy("gate")));
    }
}
