package org.winnow.ml;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.check.UserError;
import org.winnow.model.Setting;
import scala.Function1;

/** Params made of the components of options records: their docs and defaults are those of the configuration. */
final class Settings {
    private Settings() {}

    static DoubleParam number(
            Params owner,
            String name,
            Class<? extends Record> options,
            String component,
            Function1<Object, Object> valid) {
        return new DoubleParam(owner, name, doc(options, component), valid);
    }

    static DoubleParam number(
            Params owner, String name, Class<? extends Record> options, Function1<Object, Object> valid) {
        return number(owner, name, options, name, valid);
    }

    static IntParam whole(Params owner, String name, Class<? extends Record> options, String component, int least) {
        return new IntParam(owner, name, doc(options, component), ParamValidators.gtEq(least));
    }

    static IntParam whole(Params owner, String name, Class<? extends Record> options, int least) {
        return whole(owner, name, options, name, least);
    }

    static <E extends Enum<E>> Param<String> choice(
            Params owner, String name, Class<? extends Record> options, Class<E> constants) {
        return choice(owner, name, doc(options, name), names(constants));
    }

    /** A param that is one of some words. */
    static Param<String> choice(Params owner, String name, String doc, List<String> words) {
        String all = doc + (words.stream().allMatch(doc::contains) ? "" : ". One of " + String.join(", ", words));
        return new Param<>(owner, name, all, ParamValidators.inArray(words));
    }

    static StringArrayParam words(Params owner, String name, Class<? extends Record> options) {
        return words(owner, name, options, name);
    }

    static StringArrayParam words(Params owner, String name, Class<? extends Record> options, String component) {
        return new StringArrayParam(owner, name, doc(options, component));
    }

    static BooleanParam flag(Params owner, String name, Class<? extends Record> options) {
        return new BooleanParam(owner, name, doc(options, name));
    }

    static String doc(Class<? extends Record> options, String component) {
        return setting(options, component).value();
    }

    private static Setting setting(Class<? extends Record> options, String component) {
        return Arrays.stream(options.getRecordComponents())
                .filter(known -> known.getName().equals(component))
                .findFirst()
                .map((RecordComponent known) -> known.getAnnotation(Setting.class))
                .orElseThrow(() -> new IllegalStateException(options + " has no setting " + component));
    }

    /** Gives params, which are called as components, the defaults of those. */
    static void setDefaults(Params owner, Class<? extends Record> options, Param<?>... params) {
        for (Param<?> param : params) {
            setDefault(owner, param, options, param.name());
        }
    }

    /** Gives a param the default of a component. */
    static void setDefault(Params owner, Param<?> param, Class<? extends Record> options, String component) {
        ConfigValue value = ConfigFactory.parseString(
                        "x=" + setting(options, component).byDefault())
                .getValue("x");
        setDefault(owner, param, converted(param, value));
    }

    @SuppressWarnings("unchecked") // The caller knows what the param takes.
    static void setDefault(Params owner, Param<?> param, Object value) {
        owner.setDefault((Param<Object>) param, value);
    }

    private static Object converted(Param<?> param, ConfigValue value) {
        Object raw = value.unwrapped();
        if (param instanceof DoubleParam) {
            return ((Number) raw).doubleValue();
        }
        if (param instanceof IntParam) {
            return ((Number) raw).intValue();
        }
        if (param instanceof LongParam) {
            return ((Number) raw).longValue();
        }
        if (param instanceof BooleanParam) {
            return raw;
        }
        if (raw instanceof List<?> list) {
            return converted(param, list);
        }
        return raw instanceof Map ? value.render() : String.valueOf(raw);
    }

    private static Object converted(Param<?> param, List<?> list) {
        if (param instanceof IntArrayParam) {
            return list.stream().mapToInt(item -> ((Number) item).intValue()).toArray();
        }
        return param instanceof DoubleArrayParam
                ? list.stream()
                        .mapToDouble(item -> ((Number) item).doubleValue())
                        .toArray()
                : list.stream().map(String::valueOf).toArray(String[]::new);
    }

    /** Sets a param, as all setters do. */
    // The setters' types are those of their params, and they answer with themselves.
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    static <S> S set(Params owner, Param<?> param, Object value) {
        return (S) owner.set((Param<Object>) param, value);
    }

    static double number(Params owner, DoubleParam param) {
        return (Double) owner.getOrDefault(param);
    }

    static boolean flag(Params owner, BooleanParam param) {
        return (Boolean) owner.getOrDefault(param);
    }

    static int whole(Params owner, IntParam param) {
        return (Integer) owner.getOrDefault(param);
    }

    static List<String> names(Class<? extends Enum<?>> constants) {
        return Arrays.stream(constants.getEnumConstants())
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    static <E extends Enum<E>> E constant(Class<E> constants, String name) {
        return Enum.valueOf(constants, name.toUpperCase(Locale.ROOT));
    }

    /** Every param that has a value, with its value as JSON. */
    static Map<String, String> values(Params owner) {
        return Arrays.stream(owner.params())
                .filter(owner::isDefined)
                .collect(Collectors.toMap(Param::name, param -> json(owner, param)));
    }

    private static <T> String json(Params owner, Param<T> param) {
        String json = param.jsonEncode(owner.getOrDefault(param));
        return json.startsWith("\"") ? json.substring(1, json.length() - 1) : json;
    }

    /**
     * Lists by name, as configurations have them: {@code {size = [radius, area], rest = [texture]}}.
     *
     * @param param for messages
     * @throws UserError if they are none
     */
    static Map<String, List<String>> namedLists(String param, String text) {
        try {
            Config lists = ConfigFactory.parseString(text).resolve();
            return lists.root().keySet().stream()
                    .sorted()
                    .collect(Collectors.toMap(
                            name -> name,
                            name -> lists.getStringList(ConfigUtil.quoteString(name)),
                            (one, other) -> one,
                            LinkedHashMap::new));
        } catch (ConfigException e) {
            throw new UserError(
                    param + " must be lists by name, {size = [radius, area], rest = [texture]}, got " + text + ": "
                            + e.getMessage(),
                    e);
        }
    }
}
