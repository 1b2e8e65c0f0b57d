package org.winnow.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.winnow.check.UserError;
import org.winnow.file.StrictJson;

/** Encoders as JSON. Numbers are written so that the same bits are read. */
public final class EncoderJson {
    private static final int SCHEMA_VERSION = 2;
    private static final int FIRST_VERSION = 1;
    private static final String VERSION_KEY = "schema_version";
    private static final String WHAT = "encoder";

    private EncoderJson() {}

    private record Document(int schemaVersion, Encoder encoder) {}

    /** Writes an encoder. */
    public static String write(Encoder encoder) {
        return StrictJson.writePretty(new Document(SCHEMA_VERSION, encoder));
    }

    /**
     * Reads an encoder.
     *
     * @param json what {@link #write} gave
     * @param file where it is from, for messages
     * @throws UserError if it is of another version, or broken
     */
    public static Encoder read(String json, String file) {
        JsonNode document = StrictJson.read(json, JsonNode.class, file, WHAT);
        JsonNode version = document.path(VERSION_KEY);
        if (version.isInt() && version.intValue() == FIRST_VERSION) {
            addLimits(document.path("encoder"));
        } else if (version.isInt() && version.intValue() != SCHEMA_VERSION) {
            throw new UserError(file + ": " + VERSION_KEY + " must be 1 or " + SCHEMA_VERSION + ", got " + version
                    + "; it was written by another version of Winnow");
        }
        return StrictJson.read(document.toString(), Document.class, file, WHAT).encoder();
    }

    /** Whether an encoder is as version 0.1 wrote it, which left no manifest beside it. */
    public static boolean isWithoutManifest(String json, String file) {
        JsonNode version = StrictJson.read(json, JsonNode.class, file, WHAT).path(VERSION_KEY);
        return version.isInt() && version.intValue() == FIRST_VERSION;
    }

    /** Makes of the first version the second: its scalings have no limits. */
    private static void addLimits(JsonNode encoder) {
        Stream.concat(
                        StreamSupport.stream(encoder.path("scalings").spliterator(), false),
                        Stream.of(encoder.path("target")))
                .filter(ObjectNode.class::isInstance)
                .forEach(scaling -> ((ObjectNode) scaling).put("limit", Scaling.NO_LIMIT));
    }
}
