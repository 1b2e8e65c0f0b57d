package org.winnow.job;

import com.typesafe.config.ConfigObject;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.winnow.model.Inline;
import org.winnow.model.Setting;

/**
 * The configuration keys of a job, read off its options records: a component that is itself a record is a section, any
 * other is a key described by its {@link Setting}.
 */
record SettingsSchema(Map<String, Key> keys) {

    /** One key: its full path, its Java type, and what its {@link Setting} says of it. */
    record Key(String path, Type type, Setting setting) {
        boolean isText() {
            return type == String.class || (type instanceof Class<?> c && c.isEnum());
        }

        boolean isList() {
            return type instanceof ParameterizedType p && p.getRawType() == List.class;
        }

        /** Whether its value is an object of keys of its own. */
        boolean isOpen() {
            return type == ConfigObject.class;
        }

        boolean isTexts() {
            return isList() && element() == String.class;
        }

        private Type element() {
            return ((ParameterizedType) type).getActualTypeArguments()[0];
        }

        /** The type in a person's words: {@code whole number}, {@code one of mean, sum}. */
        String typeInWords() {
            if (type == int.class || type == long.class) {
                return "a whole number";
            }
            if (type == double.class) {
                return "a number";
            }
            if (type == boolean.class) {
                return "true or false";
            }
            if (type instanceof Class<?> c && c.isEnum()) {
                return names(c, " | ");
            }
            if (isList()) {
                return "a list of " + elementsInWords();
            }
            if (isOpen()) {
                return "an object";
            }
            return type == String.class ? "a text" : "lists of names, [[a, b], [c]] or {name = [a, b]}";
        }

        private String elementsInWords() {
            if (element() instanceof Class<?> c && c.isEnum()) {
                return "some of " + names(c, ", ");
            }
            if (isTexts()) {
                return "texts";
            }
            return element() == Double.class ? "numbers" : "whole numbers";
        }

        private static String names(Class<?> constants, String between) {
            return Arrays.stream(constants.getEnumConstants())
                    .map(SettingsSchema::enumName)
                    .collect(Collectors.joining(between));
        }
    }

    static SettingsSchema of(Class<? extends Record> options) {
        Map<String, Key> keys = new LinkedHashMap<>();
        collect(options, "", keys);
        return new SettingsSchema(keys);
    }

    /** The keys of a section; none if there is no such section. */
    List<String> section(String name) {
        return keys.keySet().stream().filter(key -> key.startsWith(name + ".")).toList();
    }

    /** The key nearest in spelling, if half of it is spelled so. */
    Optional<String> nearest(String unknown) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return keys.keySet().stream()
                .min((a, b) -> {
                    int byDistance = Integer.compare(distance.apply(unknown, a), distance.apply(unknown, b));
                    return byDistance != 0 ? byDistance : a.compareTo(b);
                })
                .filter(key -> distance.apply(unknown, key) <= key.length() / 2);
    }

    static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }

    /** {@code PARAMETERS_AND_UPDATER} is written {@code parameters+updater}. */
    static String enumName(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace("_and_", "+");
    }

    /** The beginning of the keys in the section that a component is. */
    static String section(RecordComponent component, String prefix) {
        return component.isAnnotationPresent(Inline.class) ? prefix : prefix + snakeCase(component.getName()) + ".";
    }

    private static void collect(Class<?> type, String prefix, Map<String, Key> into) {
        for (RecordComponent component : type.getRecordComponents()) {
            String path = prefix + snakeCase(component.getName());
            if (component.getType().isRecord()) {
                collect(component.getType(), section(component, prefix), into);
            } else {
                Setting setting = component.getAnnotation(Setting.class);
                if (setting == null) {
                    throw new IllegalStateException(type.getName() + "." + component.getName() + " has no @Setting");
                }
                into.put(path, new Key(path, component.getGenericType(), setting));
            }
        }
    }
}
