package org.winnow.file;

import static com.fasterxml.jackson.databind.cfg.CoercionAction.Fail;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.stream.Collectors;
import org.winnow.check.UserError;

/**
 * Records as JSON: nothing may be missing, too much, null or of another type, and what a record's constructor refuses is
 * refused. Numbers are written so that the same bits are read.
 */
public final class StrictJson {
    /** Arrays are one text in base 64; what is read is never longer than a file whose length was checked. */
    private static final StreamReadConstraints ANY_TEXT =
            StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(ANY_TEXT).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .withCoercionConfig(
                    LogicalType.Textual,
                    texts -> texts.setCoercion(CoercionInputShape.Integer, Fail)
                            .setCoercion(CoercionInputShape.Float, Fail)
                            .setCoercion(CoercionInputShape.Boolean, Fail))
            .defaultSetterInfo(JsonSetter.Value.construct(Nulls.FAIL, Nulls.FAIL))
            .build();

    private StrictJson() {}

    /** A record in one line. */
    public static String write(Record document) {
        try {
            return MAPPER.writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A record with lines and indents. */
    public static String writePretty(Record document) {
        try {
            return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * What JSON says.
     *
     * @param file where it is from, for messages
     * @param what it should be, for messages
     * @throws UserError if it is not
     */
    public static <T> T read(String json, Class<T> type, String file, String what) {
        try {
            return read(json, type);
        } catch (Damaged e) {
            throw new UserError(file + ": not a complete " + what + ": " + e.getMessage(), e);
        }
    }

    /**
     * What JSON says.
     *
     * @throws Damaged if it is not what the type has; the message says where and why
     */
    public static <T> T read(String json, Class<T> type) throws Damaged {
        try {
            T read = MAPPER.readValue(json, type);
            if (read == null) {
                throw new Damaged("it is null");
            }
            return read;
        } catch (JsonMappingException e) {
            throw new Damaged(place(e) + sentence(e), e);
        } catch (JsonProcessingException e) {
            throw new Damaged(sentence(e), e);
        }
    }

    private static String sentence(JsonProcessingException e) {
        return e.getOriginalMessage().lines().findFirst().orElse("empty");
    }

    private static String place(JsonMappingException e) {
        String path = e.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining());
        return path.isEmpty() ? "" : path.replaceFirst("^\\.", "") + ": ";
    }
}
