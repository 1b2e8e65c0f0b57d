package org.winnow.reference;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.StreamSupport;

/** One case of a reference file, by the keys that the README of the vectors names. */
final class ReferenceCase {
    private static final Set<String> EXPECTED = Set.of(
            "outputs", "buffers", "grads", "extra", "penalty", "penalty_elementwise", "penalty_sum", "penalty_mean");

    /** Among what is expected: what describes the case, and the random samples of the reference. */
    private static final Set<String> GIVEN = Set.of(
            "threshold",
            "kwargs",
            "cotangent",
            "cotangent.real",
            "cotangent.imag",
            "sampled_mask.weight",
            "sampled_mask.bias",
            "must_be_disjoint_from_subnetwork",
            "happens_to_be_disjoint",
            "final_temp",
            "total_epochs",
            "updates",
            "dense_state",
            "penalties_prefix_example");

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

    /** What one may not want to copy, empty if nothing. */
    String quirk() {
        return node.path("quirk").asText();
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

    boolean has(String... path) {
        return !at(path).isMissingNode();
    }

    /** How many things there are in a list. */
    int count(String... path) {
        return at(path).size();
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

    boolean flag(String... path) {
        JsonNode found = at(path);
        if (!found.isBoolean()) {
            throw new IllegalArgumentException("no flag at " + String.join(".", path));
        }
        return found.booleanValue();
    }

    /** One size for each axis, given for each or once for all. */
    int[] sizes(int axes, String... path) {
        int[] sizes = new int[axes];
        if (at(path).isNumber()) {
            Arrays.fill(sizes, (int) number(path));
            return sizes;
        }
        double[] given = StreamSupport.stream(at(path).spliterator(), false)
                .mapToDouble(JsonNode::doubleValue)
                .toArray();
        if (given.length != axes) {
            throw new IllegalArgumentException(given.length + " sizes at " + String.join(".", path));
        }
        Arrays.setAll(sizes, axis -> (int) given[axis]);
        return sizes;
    }

    /** The names of what is at a key. */
    List<String> names(String... path) {
        List<String> names = new ArrayList<>();
        at(path).fieldNames().forEachRemaining(names::add);
        return names;
    }

    Tensor tensor(String... path) {
        JsonNode found = at(path);
        if (!Tensor.isTensor(found)) {
            throw new IllegalArgumentException("no tensor at " + String.join(".", path));
        }
        return Tensor.of(found);
    }

    /** Every expected tensor, number, text, flag or null of the case by its path, such as {@code grads/x}. */
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
        if (value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                collect(path + "/" + i, value.path(i), into);
            }
        } else if (value.isObject() && !Tensor.isTensor(value)) {
            value.fields().forEachRemaining(field -> {
                if (!GIVEN.contains(field.getKey())) {
                    collect(path + "/" + field.getKey(), field.getValue(), into);
                }
            });
        } else {
            into.put(path, value);
        }
    }

    private JsonNode at(String... path) {
        JsonNode found = node;
        for (String key : path) {
            found = found.isArray() ? found.path(Integer.parseInt(key)) : found.path(key);
        }
        return found;
    }
}
