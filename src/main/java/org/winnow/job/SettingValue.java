package org.winnow.job;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.UserError;

/** One configuration value turned into the Java type of its key. */
final class SettingValue {
    private SettingValue() {}

    /** @throws UserError if the value is not of the key's type */
    static Object of(SettingsSchema.Key key, ConfigValue value) {
        return convert(key.type(), value)
                .orElseThrow(() -> new UserError(key.path() + " must be "
                        + (key.typeInWords().contains(" | ") ? "one of " : "") + key.typeInWords() + ", got "
                        + value.unwrapped() + " (" + value.origin().description() + ")"));
    }

    private static Optional<Object> convert(Type type, ConfigValue value) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? list(generic.getActualTypeArguments()[0], value)
                    : namedLists(value);
        }
        Class<?> simple = (Class<?>) type;
        if (simple == ConfigObject.class) {
            return value instanceof ConfigObject ? Optional.of(value) : Optional.empty();
        }
        Object raw = value.unwrapped();
        if (simple.isEnum()) {
            return Arrays.stream(simple.getEnumConstants())
                    .filter(constant -> SettingsSchema.enumName(constant)
                            .equals(String.valueOf(raw).toLowerCase(Locale.ROOT).replace('-', '_')))
                    .findFirst()
                    .map(constant -> constant);
        }
        if (raw instanceof List || raw instanceof Map) {
            return Optional.empty();
        }
        String text = String.valueOf(raw);
        if (simple == String.class) {
            return Optional.of(text);
        }
        if (simple == boolean.class) {
            return text.equals("true") || text.equals("false") ? Optional.of(text.equals("true")) : Optional.empty();
        }
        return number(simple, text);
    }

    private static Optional<Object> number(Class<?> type, String text) {
        try {
            if (type == int.class || type == Integer.class) {
                return Optional.of(Integer.valueOf(text));
            }
            if (type == long.class) {
                return Optional.of(Long.valueOf(text));
            }
            return Optional.of(Double.valueOf(text));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static Optional<Object> list(Type element, ConfigValue value) {
        if (!(value instanceof ConfigList items)) {
            return Optional.empty();
        }
        List<Object> converted = new ArrayList<>();
        for (ConfigValue item : items) {
            Optional<Object> one = convert(element, item);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            converted.add(one.get());
        }
        return Optional.of(List.copyOf(converted));
    }

    /** {@code {size = [a, b], rest = [c]}}, or {@code [[a, b], [c]]}, whose names are then {@code a+b} and {@code c}. */
    private static Optional<Object> namedLists(ConfigValue value) {
        Map<String, List<?>> named = new LinkedHashMap<>();
        if (value instanceof ConfigObject object) {
            for (Map.Entry<String, ConfigValue> entry : object.entrySet()) {
                Optional<Object> names = list(String.class, entry.getValue());
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                named.put(entry.getKey(), (List<?>) names.get());
            }
            return Optional.of(named);
        }
        if (value instanceof ConfigList lists) {
            for (ConfigValue item : lists) {
                Optional<Object> names = list(String.class, item);
                if (names.isEmpty()) {
                    return Optional.empty();
                }
                List<?> members = (List<?>) names.get();
                named.put(String.join("+", members.stream().map(String::valueOf).toList()), members);
            }
            return Optional.of(named);
        }
        return Optional.empty();
    }
}
