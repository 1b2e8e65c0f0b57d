package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;

/** Checks that every param has a doc, refuses nonsense, and comes back from a folder with a value that is not its default. */
final class RoundTrips {
    /** Params of rows and training, which all estimators have. */
    private static final Map<String, Object> TRAINING = Map.ofEntries(
            Map.entry("activation", "tanh"),
            Map.entry("averagingFrequency", 7),
            Map.entry("batchSize", 11),
            Map.entry("epochs", 3),
            Map.entry("evaluateEvery", 4),
            Map.entry("featuresCol", "f"),
            Map.entry("handleInvalid", "skip"),
            Map.entry("labelCol", "l"),
            Map.entry("learningRate", 0.02),
            Map.entry("learningRateSchedule", new String[] {"0:1", "3:0.5"}),
            Map.entry("patience", 2),
            Map.entry("penaltySchedule", new String[] {"0:0", "3:1"}),
            Map.entry("seed", 1L << 40),
            Map.entry("shards", 3),
            Map.entry("standardise", "none"),
            Map.entry("testFraction", 0.125),
            Map.entry("weightCol", "w"),
            Map.entry("weightDecay", 0.25),
            Map.entry("inputNoise", 0.5));

    private RoundTrips() {}

    /** Values of an estimator's own params, and of those that it shares with others. */
    static Map<String, Object> withTraining(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(TRAINING);
        all.putAll(own);
        return Map.copyOf(all);
    }

    /**
     * Sets every param, writes, reads, compares.
     *
     * @param others for every param a value that is not its default
     */
    static <T extends PipelineStage & MLWritable> void check(
            T instance, MLReader<T> reader, Map<String, Object> others, Path folder) throws IOException {
        for (Param<?> param : instance.params()) {
            assertFalse(param.doc().isBlank(), param.name());
            set(instance, param.name(), Objects.requireNonNull(others.get(param.name()), param.name()));
            if (instance.hasDefault(param)) {
                assertNotEquals(json(param, instance.getDefault(param).get()), value(instance, param));
            }
        }
        assertEquals(others.size(), instance.params().length);
        assertTrue(instance.explainParams().contains("seed: "));
        instance.write().overwrite().save(folder.toString());
        T back = reader.load(folder.toString());
        assertEquals(instance.uid(), back.uid());
        for (Param<?> param : instance.params()) {
            assertEquals(value(instance, param), value(back, back.getParam(param.name())), param.name());
        }
    }

    static void set(Params instance, String name, Object value) {
        instance.set(instance.getParam(name), value);
    }

    private static String value(Params instance, Param<?> param) {
        return json(param, instance.get(param).get());
    }

    @SuppressWarnings("unchecked") // The value is one of the param.
    private static String json(Param<?> param, Object value) {
        return ((Param<Object>) param).jsonEncode(value);
    }
}
