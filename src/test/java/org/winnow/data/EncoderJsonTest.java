package org.winnow.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.file.JsonMutations;

/** Encoders survive being written, and what is not one is told in words. */
class EncoderJsonTest {
    private static final Encoder ENCODER = new Encoder(
            new Schema(
                    List.of(Feature.numeric("size"), Feature.categorical("colour", List.of("blue", "\"red\""))),
                    "y",
                    Task.REGRESSION,
                    List.of()),
            List.of(new Scaling(0.1, 1.0 / 3, -1e-300), new Scaling(0, 1, 1)),
            new Scaling(Math.PI, 1e17, 0));

    @Test
    void survives() {
        assertEquals(ENCODER, EncoderJson.read(EncoderJson.write(ENCODER), "encoder.json"));
    }

    @Test
    void readsThoseWithoutLimits() {
        String first = EncoderJson.write(ENCODER)
                .replace("\"schema_version\" : 2", "\"schema_version\" : 1")
                .replaceAll(",\\s*\"limit\" : [0-9.E]+", "");
        assertEquals(ENCODER, EncoderJson.read(first, "encoder.json"));
    }

    @Test
    void refusesWhatIsNone() {
        String json = EncoderJson.write(ENCODER);
        assertSays(
                "encoder.json: schema_version must be 1 or 2, got 3; it was written by another version of Winnow",
                json.replace("\"schema_version\" : 2", "\"schema_version\" : 3"));
        assertSays("encoder.json: not a complete encoder: ", json.substring(0, json.length() / 2));
        assertSays("encoder.json: not a complete encoder: ", "");
        assertSays("encoder.json: not a complete encoder: ", "[]");
        assertSays("encoder.json: not a complete encoder: ", json.replace("\"fill\"", "\"full\""));
        assertSays("encoder.json: not a complete encoder: ", json.replace("1.0E17", "\"NaN\""));
        assertSays("encoder.json: not a complete encoder: ", json.replace("\"blue\", ", ""));
        assertSays("encoder.json: not a complete encoder: ", json.replace("REGRESSION", "AUTO"));
        assertSays("encoder.json: not a complete encoder: ", json + "}");
    }

    @Test
    void everyFieldIsNeededAndOfItsType() {
        String json = EncoderJson.write(ENCODER);
        Map<String, String> all = new LinkedHashMap<>(JsonMutations.wrong(json));
        all.putAll(JsonMutations.incomplete(json));
        all.forEach(
                (what, wrong) -> assertThrows(UserError.class, () -> EncoderJson.read(wrong, "encoder.json"), what));
        JsonMutations.extreme(json).forEach((what, wrong) -> {
            try {
                EncoderJson.read(wrong, "encoder.json");
            } catch (UserError e) {
                assertTrue(e.getMessage().startsWith("encoder.json: "), what);
            }
        });
    }

    private static void assertSays(String start, String json) {
        UserError error = assertThrows(UserError.class, () -> EncoderJson.read(json, "encoder.json"));
        assertTrue(String.valueOf(error.getMessage()).startsWith(start), error.getMessage());
    }
}
