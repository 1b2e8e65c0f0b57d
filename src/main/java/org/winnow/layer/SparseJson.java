package org.winnow.layer;

import java.io.IOException;
import org.nd4j.shade.jackson.annotation.JsonTypeInfo;
import org.nd4j.shade.jackson.core.JsonGenerator;
import org.nd4j.shade.jackson.core.JsonParser;
import org.nd4j.shade.jackson.core.TreeNode;
import org.nd4j.shade.jackson.databind.DeserializationContext;
import org.nd4j.shade.jackson.databind.JsonDeserializer;
import org.nd4j.shade.jackson.databind.JsonSerializer;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.nd4j.shade.jackson.databind.SerializationFeature;
import org.nd4j.shade.jackson.databind.SerializerProvider;
import org.nd4j.shade.jackson.databind.json.JsonMapper;
import org.nd4j.shade.jackson.databind.jsontype.BasicPolymorphicTypeValidator;
import org.winnow.gate.GateDistribution;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Sparsifier;

/**
 * JSON of the mathematics in a DL4J configuration: records by the name of their class, which must be an {@link Operator},
 * {@link Sparsifier} or {@link GateDistribution} where one is expected. What a record refuses is refused in its words.
 */
final class SparseJson {
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .polymorphicTypeValidator(BasicPolymorphicTypeValidator.builder()
                    .allowIfBaseType(Operator.class)
                    .allowIfBaseType(Sparsifier.class)
                    .allowIfBaseType(GateDistribution.class)
                    .build())
            .addMixIn(Operator.class, ByName.class)
            .addMixIn(Sparsifier.class, ByName.class)
            .addMixIn(GateDistribution.class, ByName.class)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private SparseJson() {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    private interface ByName {}

    /** Writes either of them. */
    static final class Writer extends JsonSerializer<Object> {
        @Override
        public void serialize(Object value, JsonGenerator generator, SerializerProvider provider) throws IOException {
            generator.writeTree(MAPPER.valueToTree(value));
        }
    }

    /** Reads operators. */
    static final class OperatorReader extends JsonDeserializer<Operator> {
        @Override
        public Operator deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read(parser, Operator.class);
        }
    }

    /** Reads sparsifiers. */
    static final class SparsifierReader extends JsonDeserializer<Sparsifier> {
        @Override
        public Sparsifier deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read(parser, Sparsifier.class);
        }
    }

    private static <T> T read(JsonParser parser, Class<T> type) throws IOException {
        TreeNode tree = parser.getCodec().readTree(parser);
        return MAPPER.treeToValue(tree, type);
    }
}
