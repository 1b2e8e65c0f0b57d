package org.winnow.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.winnow.check.UserError;

/** Encoders as JSON. Numbers are written so that the same bits are read. */
public final class EncoderJson {
    private static final int SCHEMA_VERSION = 1;
    private static final String VERSION_KEY = "schema_version";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private EncoderJson() {}

    private record Document(int schemaVersion, Encoder encoder) {}

    /** Writes an encoder. */
    public static String write(Encoder encoder) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(new Document(SCHEMA_VERSION, encoder));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads an encoder.
     *
     * @param json what {@link #write} gave
     * @param file where it is from, for messages
     * @throws UserError if it is of another version, or broken
     */
    public static Encoder read(String json, String file) {
        try {
            JsonNode version = MAPPER.readTree(json).path(VERSION_KEY);
            if (version.isInt() && version.intValue() != SCHEMA_VERSION) {
                throw new UserError(file + ": " + VERSION_KEY + " must be " + SCHEMA_VERSION + ", got " + version
                        + "; it was written by another version of Winnow");
            }
            return MAPPER.readValue(json, Document.class).encoder();
        } catch (JsonProcessingException e) {
            throw new UserError(
                    file + ": not a complete encoder: "
                            + e.getOriginalMessage().lines().findFirst().orElse("empty"),
                    e);
        }
    }
}
