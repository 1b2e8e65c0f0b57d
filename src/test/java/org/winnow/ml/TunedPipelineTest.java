package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.feature.VectorAssembler;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;

class TunedPipelineTest {
    private static final String LABEL = "diagnosis";

    @TempDir
    Path dir;

    @Test
    void aTunedPipelinePredictsTheSameInAFreshJvm() throws IOException, InterruptedException {
        SparkSession spark = SparkTest.session();
        Dataset<Row> rows = rows(spark);
        StochasticGateSelector selector = new StochasticGateSelector()
                .setLabelCol("y")
                .setOutputCol("kept")
                .setEpochs(15)
                .setHidden(8)
                .setLearningRate(0.02);
        ParamMap[] prices = new ParamGridBuilder()
                .addGrid(selector.regWeight(), new double[] {0.01, 0.05})
                .build();
        CrossValidator validator = new CrossValidator()
                .setEstimator(pipeline(rows, selector))
                .setEstimatorParamMaps(prices)
                .setEvaluator(
                        new MulticlassClassificationEvaluator().setLabelCol("y").setMetricName("accuracy"))
                .setNumFolds(2)
                .setSeed(3);
        PipelineModel best = (PipelineModel) validator.fit(rows).bestModel();
        best.write().save(dir.resolve("pipeline").toString());
        Path there = dir.resolve("predictions");
        Files.write(dir.resolve("here"), predictions(best, rows));

        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()));
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(word -> word.startsWith("--add-") || word.startsWith("-Dlog4j2"))
                .forEach(command::add);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FreshJvm.class.getName(),
                dir.resolve("pipeline").toString(),
                there.toString()));
        Process fresh = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(dir.resolve("log").toFile())
                .start();
        assertEquals(0, fresh.waitFor(), () -> read(dir.resolve("log")));
        assertEquals(read(dir.resolve("here")), read(there));
        assertTrue(read(there).lines().count() > 500);
    }

    /** Loads a pipeline and writes down what it predicts. */
    static final class FreshJvm {
        private FreshJvm() {}

        public static void main(String[] args) throws IOException {
            try (SparkSession spark = SparkTest.session()) {
                Files.write(Path.of(args[1]), predictions(PipelineModel.load(args[0]), rows(spark)));
            }
        }
    }

    private static Dataset<Row> rows(SparkSession spark) {
        return spark.read().option("header", true).option("inferSchema", true).csv("src/main/data/breast-cancer.csv");
    }

    private static Pipeline pipeline(Dataset<Row> rows, StochasticGateSelector selector) {
        String[] features = Arrays.stream(rows.columns())
                .filter(column -> !column.equals(LABEL))
                .toArray(String[]::new);
        return new Pipeline().setStages(new PipelineStage[] {
            new StringIndexer().setInputCol(LABEL).setOutputCol("y"),
            new VectorAssembler().setInputCols(features).setOutputCol("features"),
            selector,
            new LogisticRegression().setFeaturesCol("kept").setLabelCol("y")
        });
    }

    private static List<String> predictions(PipelineModel model, Dataset<Row> rows) {
        return model.transform(rows).select("probability", "prediction").collectAsList().stream()
                .map(Row::toString)
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
