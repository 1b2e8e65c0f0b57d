package org.winnow.job;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.Secrets;
import org.winnow.check.UserError;

/**
 * Reads options records from HOCON. What the command line gives wins over the file, the file over the defaults; every
 * error names the key and where its value was written.
 */
final class SettingsReader {
    private static final String COMMAND_LINE = "command line";
    private static final ConfigParseOptions ORIGIN =
            ConfigParseOptions.defaults().setOriginDescription("value");

    private final SettingsSchema schema;
    private final Config values;

    private SettingsReader(SettingsSchema schema, Config values) {
        this.schema = schema;
        this.values = values;
    }

    /**
     * Reads {@code type}.
     *
     * @param file a HOCON file, if one was given
     * @param overrides keys and values as typed on the command line
     * @throws UserError for an unreadable file, an unknown key, a missing one, a wrong type, a value out of range
     */
    static <R extends Record> R read(Class<R> type, Optional<Path> file, Map<String, String> overrides) {
        SettingsSchema schema = SettingsSchema.of(type);
        Config values =
                given(type, file.map(SettingsReader::fromFile), overrides).withFallback(defaults(schema));
        R options = new SettingsReader(schema, values).section(type, "");
        flatten(options).forEach(Secrets::requireNone);
        return options;
    }

    /**
     * What was given, without the defaults.
     *
     * @throws UserError for an unknown key
     */
    static Config given(Class<? extends Record> type, Optional<Config> file, Map<String, String> overrides) {
        SettingsSchema schema = SettingsSchema.of(type);
        Config typed = fromCommandLine(schema, overrides);
        Config written = file.orElseGet(ConfigFactory::empty);
        requireKnown(schema, written.root(), "");
        return typed.withFallback(without(written, overrides));
    }

    /** A file without the keys that are typed: an object that is typed whole wins whole, and is not mixed with another. */
    private static Config without(Config written, Map<String, String> overrides) {
        Config left = written;
        for (String key : overrides.keySet()) {
            left = left.withoutPath(key);
        }
        return left;
    }

    /** All values as they were read, by key, as texts: what a trial's record keeps. */
    static Map<String, String> flatten(Record options) {
        Map<String, String> flat = new LinkedHashMap<>();
        flatten(options, "", flat);
        return flat;
    }

    private static void flatten(Record options, String prefix, Map<String, String> into) {
        for (RecordComponent component : options.getClass().getRecordComponents()) {
            String path = prefix + SettingsSchema.snakeCase(component.getName());
            Object value = value(component, options);
            if (value instanceof Record section) {
                flatten(section, SettingsSchema.section(component, prefix), into);
            } else {
                into.put(path, value instanceof Enum<?> ? SettingsSchema.enumName(value) : String.valueOf(value));
            }
        }
    }

    /** A value as the command line, or else the file, has it; nothing where only reading all of it tells what is wrong. */
    static Optional<String> glance(String key, String... words) {
        try {
            Arguments arguments = Arguments.parse(words);
            Optional<String> typed = Optional.ofNullable(arguments.overrides().get(key));
            return typed.or(() -> arguments
                    .conf()
                    .map(SettingsReader::fromFile)
                    .filter(written -> written.hasPath(key))
                    .map(written -> String.valueOf(written.getAnyRef(key))));
        } catch (UserError | ConfigException e) {
            return Optional.empty(); // Who reads it all says so.
        }
    }

    static Config fromFile(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("--conf: no file " + file);
        }
        try {
            File source = file.toFile();
            return ConfigFactory.parseFile(source, ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF))
                    .resolve();
        } catch (ConfigException e) {
            throw new UserError("--conf: " + file + " is not readable as HOCON: " + e.getMessage(), e);
        }
    }

    private static Config fromCommandLine(SettingsSchema schema, Map<String, String> overrides) {
        Config config = ConfigFactory.empty();
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            SettingsSchema.Key key = schema.keys().get(override.getKey());
            if (key == null && isInsideOpen(schema, override.getKey())) {
                config = config.withValue(override.getKey(), inOpen(override.getKey(), override.getValue()));
                continue;
            }
            if (key == null) {
                throw unknown(schema, override.getKey(), COMMAND_LINE);
            }
            config = config.withValue(key.path(), parse(key, override.getValue(), COMMAND_LINE));
        }
        return config;
    }

    private static ConfigValue inOpen(String path, String text) {
        try {
            ConfigUtil.splitPath(path);
        } catch (ConfigException e) {
            throw new UserError(path + " is no path of keys (" + COMMAND_LINE + "): " + reason(e), e);
        }
        return hocon(path + " is not readable as HOCON: " + text, text, COMMAND_LINE);
    }

    private static boolean isInsideOpen(SettingsSchema schema, String path) {
        return schema.keys().values().stream().anyMatch(key -> key.isOpen() && path.startsWith(key.path() + "."));
    }

    private static Config defaults(SettingsSchema schema) {
        Config config = ConfigFactory.empty();
        for (SettingsSchema.Key key : schema.keys().values()) {
            String value = key.setting().byDefault();
            if (!value.isEmpty()) {
                config = config.withValue(key.path(), parse(key, value.equals("\"\"") ? "" : value, "default"));
            }
        }
        return config;
    }

    /** Texts are taken as typed, so that no value has to be quoted for HOCON's sake. */
    private static ConfigValue parse(SettingsSchema.Key key, String text, String origin) {
        if (key.isText()) {
            return ConfigValueFactory.fromAnyRef(text, origin);
        }
        if (key.isTexts() && !text.contains("\"")) {
            String items = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
            List<String> texts =
                    Arrays.stream(items.split(",", -1)).map(String::strip).toList();
            return ConfigValueFactory.fromIterable(items.isBlank() ? List.of() : texts, origin);
        }
        String value = key.isList() && !text.startsWith("[") ? "[" + text + "]" : text;
        return hocon(key.path() + " must be " + key.typeInWords() + ", got " + text, value, origin);
    }

    /** A value whose parts all say that they come from {@code origin}. */
    private static ConfigValue hocon(String otherwise, String text, String origin) {
        try {
            Object value = ConfigFactory.parseString("value = " + text, ORIGIN)
                    .resolve()
                    .getValue("value")
                    .unwrapped();
            return ConfigValueFactory.fromAnyRef(value, origin);
        } catch (ConfigException e) {
            throw new UserError(otherwise + " (" + origin + "): " + reason(e), e);
        }
    }

    /** What the parser says, without the place, which is the whole value. */
    private static String reason(ConfigException e) {
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        if (said.contains("'$' not followed by {")) {
            return "a value with $ needs double quotes around it";
        }
        return said.replaceFirst("^" + ORIGIN.getOriginDescription() + ": \\d+: ", "");
    }

    private static void requireKnown(SettingsSchema schema, ConfigObject object, String prefix) {
        object.forEach((name, value) -> {
            String path = prefix + name;
            if (schema.keys().containsKey(path)) {
                return;
            }
            boolean section = schema.keys().keySet().stream().anyMatch(key -> key.startsWith(path + "."));
            if (!section || !(value instanceof ConfigObject inner)) {
                throw unknown(schema, path, value.origin().description());
            }
            requireKnown(schema, inner, path + ".");
        });
    }

    private static UserError unknown(SettingsSchema schema, String path, String origin) {
        List<String> keys = schema.section(path);
        if (!keys.isEmpty()) {
            return new UserError(path + " is a section (" + origin + "); its keys are " + String.join(", ", keys));
        }
        return new UserError("unknown key " + path + " (" + origin + ")"
                + schema.nearest(path)
                        .map(near -> "; did you mean " + near + "?")
                        .orElse(""));
    }

    /**
     * The same options with some values changed, by key, checked as if they had been read so.
     *
     * @throws UserError for an unknown key, a wrong type, a value out of range
     */
    static <R extends Record> R vary(R options, Map<String, ConfigValue> changes) {
        SettingsSchema schema = SettingsSchema.of(options.getClass());
        Config values = ConfigFactory.empty();
        for (Map.Entry<String, ConfigValue> change : changes.entrySet()) {
            if (!schema.keys().containsKey(change.getKey())) {
                throw unknown(
                        schema, change.getKey(), change.getValue().origin().description());
            }
            values = values.withValue(change.getKey(), asList(schema.keys().get(change.getKey()), change.getValue()));
        }
        return new SettingsReader(schema, values).varied(options, "");
    }

    /** A key that takes a list takes a number or a text as a list of one. */
    private static ConfigValue asList(SettingsSchema.Key key, ConfigValue value) {
        boolean wraps = key.isList() && !(value instanceof ConfigList);
        return wraps
                ? ConfigValueFactory.fromIterable(
                        List.of(value.unwrapped()), value.origin().description())
                : value;
    }

    private <R extends Record> R varied(R options, String prefix) {
        @SuppressWarnings("unchecked") // The class of an R that is a record is that of its components.
        Class<R> type = (Class<R>) options.getClass();
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String path = prefix + SettingsSchema.snakeCase(components[i].getName());
            Object value = value(components[i], options);
            if (value instanceof Record section) {
                arguments[i] = varied(section, SettingsSchema.section(components[i], prefix));
            } else {
                arguments[i] = values.hasPath(path) ? value(path) : value;
            }
        }
        return build(type, components, arguments, prefix);
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot read " + component, e);
        }
    }

    private <R extends Record> R section(Class<R> type, String prefix) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            String path = prefix + SettingsSchema.snakeCase(components[i].getName());
            Class<?> componentType = components[i].getType();
            arguments[i] = componentType.isRecord()
                    ? section(componentType.asSubclass(Record.class), SettingsSchema.section(components[i], prefix))
                    : value(path);
        }
        return build(type, components, arguments, prefix);
    }

    private <R extends Record> R build(Class<R> type, RecordComponent[] components, Object[] arguments, String prefix) {
        try {
            Class<?>[] types =
                    Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
            return type.getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw outOfRange(prefix, String.valueOf(refused.getMessage()), refused);
            }
            throw new IllegalStateException("cannot build " + type.getName(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot build " + type.getName(), e);
        }
    }

    private Object value(String path) {
        SettingsSchema.Key key = schema.keys().get(path);
        if (key == null) {
            throw new IllegalStateException("no key " + path);
        }
        if (!values.hasPath(path)) {
            throw new UserError(path + " must be given (" + key.typeInWords() + "): "
                    + key.setting().value());
        }
        return SettingValue.of(key, values.getValue(path));
    }

    /** Options records begin their messages with the name of the component at fault. */
    private UserError outOfRange(String prefix, String message, IllegalArgumentException cause) {
        String path = prefix + message.split(" ", 2)[0];
        String origin = schema.keys().containsKey(path) && values.hasPath(path)
                ? " ("
                        + values.getValue(ConfigUtil.joinPath(path.split("\\.")))
                                .origin()
                                .description() + ")"
                : "";
        return new UserError(prefix + message + origin, cause);
    }
}
