package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.winnow.SparkTest;
import org.winnow.check.UserError;

/** Loads that leave nothing behind, for tests of what comes out of them. */
final class Loading {
    private Loading() {}

    static LoadedData load(DataOptions options) {
        LoadedData data = DataLoader.load(SparkTest.session(), options, 1, 1);
        data.shards().unpersist();
        return data;
    }

    /** Inputs of the training rows. */
    static float[] inputs(DataOptions options) {
        return load(options).shards().first().train().inputs();
    }

    /** What a load is refused with. */
    static String says(DataOptions options) {
        return assertThrows(UserError.class, () -> load(options)).getMessage();
    }

    static void assertSays(String sentence, DataOptions options) {
        assertEquals(sentence, says(options));
    }

    static float[] inputs(String path) {
        return inputs(DataOptions.of(path));
    }

    static String says(String path) {
        return says(DataOptions.of(path));
    }

    static void assertSays(String sentence, String path) {
        assertSays(sentence, DataOptions.of(path));
    }
}
