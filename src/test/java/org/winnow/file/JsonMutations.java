package org.winnow.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents that differ from one in a single place: a field is gone, null, of another type, out of range, or one too much. */
public final class JsonMutations {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonMutations() {}

    /** Documents by what was done to them, which no reader may take. Fields that may be null are given by their name. */
    public static Map<String, String> wrong(String json, String... mayBeNull) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonNode root = tree(json);
        change(root, root, "", all, List.of(mayBeNull));
        all.put("root null", "null");
        all.put("root list", "[]");
        all.put("root text", "\"text\"");
        return all;
    }

    /** Documents with a number far out of every range, or less than nothing: a reader may take some, but has to answer. */
    public static Map<String, String> extreme(String json) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonNode root = tree(json);
        numbers(root, root, "", all);
        return all;
    }

    private static void change(
            JsonNode root, JsonNode at, String path, Map<String, String> all, List<String> mayBeNull) {
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                JsonNode before = object.get(name);
                String here = path + "." + name;
                if (!mayBeNull.contains(name)) {
                    object.putNull(name);
                    all.put(here + " null", root.toString());
                }
                object.set(name, other(before));
                all.put(here + " of another type", root.toString());
                object.set(name, before);
                change(root, before, here, all, mayBeNull);
            }
        } else if (at instanceof ArrayNode array && !array.isEmpty()) {
            JsonNode before = array.get(0);
            array.setNull(0);
            all.put(path + "[0] null", root.toString());
            array.set(0, other(before));
            all.put(path + "[0] of another type", root.toString());
            array.set(0, before);
            change(root, before, path + "[0]", all, mayBeNull);
        }
    }

    /** The same without one field of a record, for each; fields of maps, whose names are free, are given. */
    public static Map<String, String> incomplete(String json, String... maps) {
        Map<String, String> all = new LinkedHashMap<>();
        JsonNode root = tree(json);
        remove(root, root, "", all, List.of(maps));
        return all;
    }

    private static void remove(JsonNode root, JsonNode at, String path, Map<String, String> all, List<String> maps) {
        if (at instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            boolean map = maps.stream().anyMatch(name -> path.endsWith("." + name));
            for (String name : names) {
                JsonNode before = object.remove(name);
                if (!map) {
                    all.put(path + "." + name + " gone", root.toString());
                }
                object.set(name, before);
                remove(root, before, path + "." + name, all, maps);
            }
            if (!map) {
                object.put("surplus", 1);
                all.put(path + ".surplus", root.toString());
                object.remove("surplus");
            }
        } else if (at instanceof ArrayNode array && !array.isEmpty()) {
            remove(root, array.get(0), path + "[0]", all, maps);
        }
    }

    private static void numbers(JsonNode root, JsonNode at, String path, Map<String, String> all) {
        if (at instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                JsonNode before = object.get(name);
                if (before.isNumber()) {
                    for (String extreme : List.of("-1", "0", "1e308", "99999999999999999999", "-2147483648")) {
                        object.set(name, tree(extreme));
                        all.put(path + "." + name + " = " + extreme, root.toString());
                    }
                    object.set(name, before);
                }
            });
        }
        for (JsonNode child : at) {
            numbers(root, child, path + ".", all);
        }
    }

    private static JsonNode other(JsonNode node) {
        return (node.isTextual() && !node.textValue().equals("NaN")) || node.isContainerNode()
                ? tree("17.5")
                : TextNode.valueOf("text");
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
