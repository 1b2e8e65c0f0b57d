package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.winnow.ml.Faults.assertSays;
import static org.winnow.ml.Predictors.classifier;
import static org.winnow.ml.Predictors.regressor;
import static org.winnow.ml.Predictors.values;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.file.BitFlips;
import org.winnow.file.Manifest;

class SavedPredictorTest {
    /** For every param of both estimators a value that is not its default. */
    private static final Map<String, Object> OTHERS = RoundTrips.withTraining(Map.ofEntries(
            Map.entry("ablate", "random"),
            Map.entry("ablateRepeats", 3),
            Map.entry("allowEmpty", false),
            Map.entry("complex", true),
            Map.entry("denseEpochs", 4),
            Map.entry("denseLearningRate", 0.25),
            Map.entry("denseLearningRateSchedule", new String[] {"0:1", "4:0"}),
            Map.entry("finetuneAll", true),
            Map.entry("finetuneEpochs", 5),
            Map.entry("finetuneLearningRate", 0.5),
            Map.entry("finetuneLearningRateSchedule", new String[] {"0:1", "5:0"}),
            Map.entry("image", new int[] {1, 2, 2}),
            Map.entry("initial", new String[] {"fc1:-5"}),
            Map.entry("layerMethods", "{ard = [out]}"),
            Map.entry("layerRegWeights", new String[] {"out:2"}),
            Map.entry("layerThresholds", new String[] {"out:1"}),
            Map.entry("layers", new String[] {"conv 2 2", "5"}),
            Map.entry("method", "hard_concrete"),
            Map.entry("pace", "cubic"),
            Map.entry("predictionCol", "p"),
            Map.entry("prunedLayers", new String[] {"fc1"}),
            Map.entry("pruneThresholds", new double[] {0.25, 0.5}),
            Map.entry("regWeight", 0.125),
            Map.entry("rewindEpoch", 2),
            Map.entry("searchBy", "reg_weight"),
            Map.entry("searchTries", 4),
            Map.entry("steps", 2),
            Map.entry("targetMetricDrop", 0.01),
            Map.entry("targetSparsity", 0.75),
            Map.entry("temperatureFactor", 4.0),
            Map.entry("unit", "neuron")));

    @TempDir
    Path dir;

    @BeforeAll
    static void start() {
        SparkTest.session();
    }

    private String path(String name) {
        return dir.resolve(name).toString();
    }

    @Test
    void everyParamComesBackWithAnotherValue() throws IOException {
        Map<String, Object> classifiers = new HashMap<>(OTHERS);
        classifiers.put("rawPredictionCol", "r");
        classifiers.put("probabilityCol", "q");
        classifiers.put("thresholds", new double[] {0.25, 0.75});
        RoundTrips.check(new SparseClassifier(), SparseClassifier.read(), classifiers, dir.resolve("classifier"));
        RoundTrips.check(new SparseRegressor(), SparseRegressor.read(), OTHERS, dir.resolve("regressor"));
        Dataset<Row> rows = Data.rows(40, false);
        SparseClassifierModel model =
                classifier().setMethod("l0").setEpochs(1).setAllowEmpty(true).fit(rows);
        RoundTrips.check(model.copy(new ParamMap()), SparseClassifierModel.read(), classifiers, dir.resolve("model"));
        SparseClassifierModel back = SparseClassifierModel.load(path("model"));
        assertEquals(model.summary(), back.summary());
        for (List<Dataset<Row>> tables : List.of(
                List.of(model.gates(), back.gates()),
                List.of(model.masks(), back.masks()),
                List.of(model.relevance(), back.relevance()),
                List.of(model.ablations(), back.ablations()),
                List.of(model.trials(), back.trials()))) {
            assertEquals(values(tables.get(0), "*"), values(tables.get(1), "*"));
        }
        SparseRegressorModel number = regressor().setEpochs(1).fit(rows);
        RoundTrips.check(number.copy(new ParamMap()), SparseRegressorModel.read(), OTHERS, dir.resolve("number"));
        assertEquals(number.summary(), SparseRegressorModel.load(path("number")).summary());
    }

    @Test
    void brokenModelsAreAnsweredInWords() throws IOException {
        classifier().setEpochs(1).fit(Data.rows(40, false)).write().save(path("model"));
        Path part = dir.resolve("model/metadata/part-00000");
        String metadata = Files.readString(part);
        Files.deleteIfExists(dir.resolve("model/metadata/.part-00000.crc"));
        Files.writeString(part, metadata.replace("\"winnowSchemaVersion\":2", "\"winnowSchemaVersion\":3"));
        assertSays(
                path("model") + ": winnowSchemaVersion must be 1 or 2, got 3; it was written by another version",
                () -> SparseClassifierModel.load(path("model")));
        Files.writeString(part, metadata);
        regressor().setEpochs(1).fit(Data.rows(40, false)).write().save(path("other"));
        // Checksums are there unless a job of the same JVM has switched them off.
        Files.deleteIfExists(dir.resolve("model/.network.safetensors.crc"));
        Files.copy(
                dir.resolve("other/network.safetensors"),
                dir.resolve("model/network.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        assertSays(
                path("model") + ": its files belong to different models",
                () -> SparseClassifierModel.load(path("model")));
        Files.write(dir.resolve("model/network.safetensors"), new byte[20]);
        assertSays(
                path("model") + "/network.safetensors is no safetensors file",
                () -> SparseClassifierModel.load(path("model")));
    }

    /** Loading asks the manifest, as the test before shows; here it is asked first, as Spark takes long to load. */
    @Test
    void bitsFlippedInASavedModelAreNoticed() throws IOException {
        Dataset<Row> rows = Data.rows(40, false);
        classifier().setEpochs(1).fit(rows).write().save(path("flipped"));
        List<Path> files;
        try (Stream<Path> all = Files.walk(dir.resolve("flipped"))) {
            files = all.filter(path -> Files.isRegularFile(path)
                            && path.toFile().length() > 0
                            && !path.toString().endsWith(".crc"))
                    .toList();
        }
        org.apache.hadoop.fs.Path folder =
                new org.apache.hadoop.fs.Path(dir.resolve("flipped").toUri());
        FileSystem local = FileSystem.getLocal(new Configuration()).getRawFileSystem();
        for (Path file : files) {
            BitFlips.in(file, () -> {
                Manifest.read(local, folder, "Spark ML").verify(local, folder, part -> true);
                return SparseClassifierModel.load(path("flipped")).summary().toString();
            });
        }
    }

    @Test
    void pipelinesAreTunedSavedAndLoaded() throws IOException {
        Dataset<Row> rows = Data.rows(80, false);
        SparseClassifier sparse = classifier().setFeaturesCol("kept").setEpochs(3);
        StochasticGateSelector selector = new StochasticGateSelector()
                .setOutputCol("kept")
                .setEpochs(5)
                .setHidden(8)
                .setShards(1)
                .setTopK(2);
        ParamMap[] prices = new ParamGridBuilder()
                .addGrid(sparse.regWeight(), new double[] {0.05, 0.5})
                .build();
        CrossValidatorModel tuned = new CrossValidator()
                .setEstimator(new Pipeline().setStages(new PipelineStage[] {selector, sparse}))
                .setEstimatorParamMaps(prices)
                .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("accuracy"))
                .setNumFolds(2)
                .setSeed(1)
                .fit(rows);
        PipelineModel best = (PipelineModel) tuned.bestModel();
        best.write().save(path("pipeline"));
        assertEquals(
                values(best.transform(rows), "probability"),
                values(PipelineModel.load(path("pipeline")).transform(rows), "probability"));
        tuned.write().save(path("tuned"));
        assertEquals(2, CrossValidatorModel.load(path("tuned")).avgMetrics().length);
        SparseClassifier copy =
                sparse.copy(new ParamMap().put(sparse.regWeight().w(0.75)));
        assertEquals(0.75, copy.getRegWeight());
        assertEquals(0.1, sparse.getRegWeight());
    }
}
