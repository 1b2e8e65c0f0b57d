package org.winnow.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** One case of a reference file, by the keys that the README of the vectors names. */
final class ReferenceCase {
    private static final Set<String> EXPECTED =
            Set.of("outputs", "grads", "extra", "penalty", "penalty_elementwise", "penalty_sum", "penalty_mean");

    private final String family;
    private final JsonNode node;

    ReferenceCase(String family, JsonNode node) {
        this.family = family;
        this.node = node;
        name();
        layer();
    }

    String family() {
        return family;
    }

    String name() {
        return text("name");
    }

    String layer() {
        return text("layer");
    }

    boolean training() {
        return switch (text("mode")) {
            case "train" -> true;
            case "eval" -> false;
            default -> throw new IllegalArgumentException("mode must be train or eval, got " + text("mode"));
        };
    }

    /** Refuses a case with constructor arguments that a runner would overlook. */
    void allowConfig(String... known) {
        Iterator<String> given = node.path("config").fieldNames();
        while (given.hasNext()) {
            String key = given.next();
            if (!List.of(known).contains(key)) {
                throw new IllegalArgumentException("unknown config key " + key);
            }
        }
    }

    boolean has(String key, String name) {
        return node.path(key).has(name);
    }

    String text(String... path) {
        JsonNode found = at(path);
        if (!found.isTextual()) {
            throw new IllegalArgumentException("no text at " + String.join(".", path));
        }
        return found.textValue();
    }

    double number(String... path) {
        JsonNode found = at(path);
        if (!found.isNumber()) {
            throw new IllegalArgumentException("no number at " + String.join(".", path));
        }
        return found.doubleValue();
    }

    Tensor tensor(String... path) {
        JsonNode found = at(path);
        if (!Tensor.isTensor(found)) {
            throw new IllegalArgumentException("no tensor at " + String.join(".", path));
        }
        return Tensor.of(found);
    }

    /** Every expected tensor, number or null of the case by its path, such as {@code grads.x}. */
    Map<String, JsonNode> expected() {
        Map<String, JsonNode> leaves = new TreeMap<>();
        node.fields().forEachRemaining(field -> {
            if (EXPECTED.contains(field.getKey())) {
                collect(field.getKey(), field.getValue(), leaves);
            }
        });
        return leaves;
    }

    private static void collect(String path, JsonNode value, Map<String, JsonNode> into) {
        if (value.isObject() && !Tensor.isTensor(value)) {
            value.fields().forEachRemaining(field -> collect(path + "." + field.getKey(), field.getValue(), into));
        } else {
            into.put(path, value);
        }
    }

    private JsonNode at(String... path) {
        JsonNode found = node;
        for (String key : path) {
            found = found.path(key);
        }
        return found;
    }
}
