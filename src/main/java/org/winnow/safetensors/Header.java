package org.winnow.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.winnow.check.UserError;

/**
 * The header of a file, checked: arrays follow one another without gaps, and each has the bytes that its type and shape
 * say.
 *
 * @param entries in the order of the data
 */
record Header(List<Entry> entries, Map<String, String> metadata) {
    /** In bytes. The format allows six times as much, which as a tree would fill a heap. */
    static final int LONGEST = 16_000_000;

    private static final int MOST_ARRAYS = 100_000;
    private static final int LONGEST_NAME = 4_096;

    private static final String METADATA = "__metadata__";
    private static final String TYPE = "dtype";
    private static final String SHAPE = "shape";
    private static final String OFFSETS = "data_offsets";
    private static final int MOST_AXES = 32;

    /** How Jackson begins to say that a name is there twice. */
    private static final String DUPLICATE = "Duplicate field ";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Names that are looked at once are not worth a table. */
    private static final JsonFactory PLAIN = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    /** An array. */
    record Entry(String name, ElementType type, long[] shape, long begin, int bytes) {}

    /** JSON with spaces after it, a multiple of 8 bytes. */
    static byte[] write(Map<String, Tensor> tensors, Map<String, String> metadata) {
        ObjectNode root = MAPPER.createObjectNode();
        if (!metadata.isEmpty()) {
            root.set(METADATA, MAPPER.valueToTree(metadata));
        }
        long at = 0;
        for (Map.Entry<String, Tensor> named : tensors.entrySet()) {
            Tensor tensor = named.getValue();
            ObjectNode entry = root.putObject(named.getKey());
            entry.put(TYPE, tensor.type().name());
            entry.set(SHAPE, MAPPER.valueToTree(tensor.shape()));
            entry.putArray(OFFSETS).add(at).add(at + tensor.data().length);
            at += tensor.data().length;
        }
        try {
            byte[] json = MAPPER.writeValueAsBytes(root);
            byte[] padded = Arrays.copyOf(json, (json.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES);
            Arrays.fill(padded, json.length, padded.length, (byte) ' ');
            return padded;
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static Header read(byte[] json, long dataLength, String file) {
        List<Entry> entries = new ArrayList<>();
        Map<String, String> metadata = new LinkedHashMap<>();
        parse(json, file).fields().forEachRemaining(field -> {
            if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue(), file));
            } else {
                entries.add(entry(field.getKey(), field.getValue(), file));
            }
        });
        entries.sort(Comparator.comparingLong(Entry::begin).thenComparingInt(Entry::bytes));
        long at = 0;
        for (Entry entry : entries) {
            Safetensors.require(entry.begin == at, file, "data before array " + entry.name + " belongs to none or two");
            at += entry.bytes;
        }
        Safetensors.require(at == dataLength, file, "arrays take " + at + " bytes, and " + dataLength + " are there");
        return new Header(List.copyOf(entries), metadata);
    }

    private static JsonNode parse(byte[] json, String file) {
        try {
            requireModest(json, file);
            JsonNode root = json[0] == '{' ? MAPPER.readTree(json) : MAPPER.missingNode();
            Safetensors.require(root.isObject(), file, "its header is no JSON object");
            return root;
        } catch (JsonParseException e) {
            String said = e.getOriginalMessage();
            String fault = said.startsWith(DUPLICATE)
                    ? "its header has " + said.substring(DUPLICATE.length()) + " twice"
                    : "its header is no JSON object: "
                            + said.lines().findFirst().orElse("");
            throw new UserError(file + " is no safetensors file: " + fault, e);
        } catch (IOException e) {
            throw new UserError(file + " is no safetensors file: its header is no JSON object", e);
        }
    }

    /** Looks at the names before a tree is made, which takes many times the room of its text. */
    private static void requireModest(byte[] json, String file) throws IOException {
        try (JsonParser parser = PLAIN.createParser(json)) {
            int arrays = 0;
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                arrays++;
                int length = parser.getTextLength();
                Safetensors.require(
                        length <= LONGEST_NAME,
                        file,
                        "the name of array " + arrays + " has " + length + " letters, at most " + LONGEST_NAME
                                + " are read");
                parser.nextToken();
                parser.skipChildren();
            }
            Safetensors.require(
                    arrays <= MOST_ARRAYS + 1,
                    file,
                    "its header has " + arrays + " arrays, at most " + MOST_ARRAYS + " are read");
        }
    }

    private static Map<String, String> metadata(JsonNode node, String file) {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (node.isNull()) {
            return metadata; // MLX writes it so where there is none.
        }
        Safetensors.require(node.isObject(), file, METADATA + " is no JSON object");
        node.fields().forEachRemaining(field -> {
            Safetensors.require(field.getValue().isTextual(), file, METADATA + " has a value that is no text");
            metadata.put(field.getKey(), field.getValue().textValue());
        });
        return metadata;
    }

    private static Entry entry(String name, JsonNode node, String file) {
        String array = "array " + name;
        // Further keys are passed over, as the reference reader does (safetensors 0.8.0).
        for (String key : List.of(TYPE, SHAPE, OFFSETS)) {
            Safetensors.require(node.has(key), file, array + " has no " + key);
        }
        ElementType type = type(node.get(TYPE).asText(), array, file);
        long[] shape = sizes(node.get(SHAPE), array, file);
        Safetensors.require(shape.length <= MOST_AXES, file, array + " has more than " + MOST_AXES + " axes");
        long[] offsets = sizes(node.get(OFFSETS), array, file);
        Safetensors.require(offsets.length == 2 && offsets[0] <= offsets[1], file, array + " ends before it begins");
        long bytes = offsets[1] - offsets[0];
        Safetensors.require(
                bytes == bytes(type, shape),
                file,
                array + " is " + type + Arrays.toString(shape) + " and has " + bytes + " bytes");
        if (bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw new UserError(file + ": " + array + " has " + bytes + " bytes, and no more than 2 GiB can be read");
        }
        return new Entry(name, type, shape, offsets[0], (int) bytes);
    }

    private static ElementType type(String name, String array, String file) {
        return Arrays.stream(ElementType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new UserError(file + ": " + array + " is of " + name + "; can be read: "
                        + Arrays.stream(ElementType.values()).map(Enum::name).collect(Collectors.joining(", "))));
    }

    private static long[] sizes(JsonNode node, String array, String file) {
        Safetensors.require(node.isArray(), file, array + " has a shape or offsets that are no lists");
        long[] sizes = new long[node.size()];
        for (int i = 0; i < sizes.length; i++) {
            JsonNode size = node.get(i);
            Safetensors.require(
                    size.isIntegralNumber() && size.canConvertToLong() && size.longValue() >= 0,
                    file,
                    array + " has a shape or offsets that are no whole numbers of at least 0");
            sizes[i] = size.longValue();
        }
        return sizes;
    }

    /** The bytes of an array; -1 if there are too many to count. */
    private static long bytes(ElementType type, long... shape) {
        if (Arrays.stream(shape).anyMatch(size -> size == 0)) {
            return 0;
        }
        long bytes = type.bytes();
        for (long size : shape) {
            if (bytes > Long.MAX_VALUE / size) {
                return -1;
            }
            bytes *= size;
        }
        return bytes;
    }
}
