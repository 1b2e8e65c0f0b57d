package org.winnow.ml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;

/** Checks that every param has a doc, refuses nonsense, and comes back from a folder with a value that is not its default. */
final class RoundTrips {
    private RoundTrips() {}

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
