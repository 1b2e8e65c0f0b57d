package org.winnow.data;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/** Encoders as JSON. */
public final class EncoderJson {
    private EncoderJson() {}

    /** Encoders as JSON. */
    public static String write(Encoder e) {
        try {
            return new ObjectMapper().writeValueAsString(e);
        } catch (JsonProcessingException x) {
            throw new IllegalStateException(x);
        }
    }

    /** Encoders as JSON. */
    public static Encoder read(String s) {
        try {
            return new ObjectMapper().readValue(s, Encoder.class);
        } catch (JsonProcessingException x) {
            throw new IllegalStateException(x);
        }
    }
}
