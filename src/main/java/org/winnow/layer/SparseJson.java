package org.winnow.layer;

import java.io.IOException;
import java.util.List;
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
import org.winnow.activation.Activation;
import org.winnow.gate.GateDistribution;
import org.winnow.operator.Operator;
import org.winnow.sparsifier.Sparsifier;

/**
 * JSON of the mathematics in a DL4J configuration: records by the name of their class, which must be an {@link Operator},
 * {@link Sparsifier}, {@link GateDistribution} or {@link Activation} where one is expected. What a record refuses is refused in its words.
 */
final class SparseJson {
    private static final List<Class<?>> BY_NAME =
            List.of(Operator.class, Sparsifier.class, GateDistribution.class, Activation.class);

    private static final ObjectMapper MAPPER = mapper();

    private SparseJson() {}

    private static ObjectMapper mapper() {
        BasicPolymorphicTypeValidator.Builder allowed = BasicPolymorphicTypeValidator.builder();
        JsonMapper.Builder mapper = JsonMapper.builder().disable(SerializationFeature.FAIL_ON_EMPTY_BEANS);
        BY_NAME.forEach(type -> {
            allowed.allowIfBaseType(type);
            mapper.addMixIn(type, ByName.class);
        });
        return mapper.polymorphicTypeValidator(allowed.build()).build();
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CLASS, property = "@class")
    private interface ByName {}

    /** Writes any of them. */
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

    /** Reads functions. */
    static final class ActivationReader extends JsonDeserializer<Activation> {
        @Override
        public Activation deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return read(parser, Activation.class);
        }
    }

    private static <T> T read(JsonParser parser, Class<T> type) throws IOException {
        TreeNode tree = parser.getCodec().readTree(parser);
        return MAPPER.treeToValue(tree, type);
    }
}
