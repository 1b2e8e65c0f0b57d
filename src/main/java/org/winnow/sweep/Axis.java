package org.winnow.sweep;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.winnow.check.UserError;

/**
 * The values that one key takes in a sweep.
 *
 * @param key of the job's configuration
 * @param crossed whether every value is combined with everything else, whatever the sampler
 */
record Axis(String key, boolean crossed, Values values) {
    /** Enough digits that points differ, few enough that they read well and have one name each. */
    private static final MathContext DIGITS = new MathContext(6);

    private static final Set<String> OF_A_RANGE = Set.of("from", "to", "count", "scale", "whole");

    /** What an axis runs over. */
    sealed interface Values permits Choice, Range {
        List<ConfigValue> grid();

        /** The value at a share of the way, in [0, 1). */
        ConfigValue at(double share);
    }

    private record Choice(List<ConfigValue> grid) implements Values {
        @Override
        public ConfigValue at(double share) {
            return grid.get((int) (share * grid.size()));
        }
    }

    private record Range(double from, double to, int count, boolean log, boolean whole, String origin)
            implements Values {
        @Override
        public List<ConfigValue> grid() {
            return IntStream.range(0, count)
                    .mapToObj(i -> at(count == 1 ? 0 : (double) i / (count - 1)))
                    .distinct()
                    .toList();
        }

        @Override
        public ConfigValue at(double share) {
            double value = log ? from * Math.pow(to / from, share) : from + (to - from) * share;
            return number(whole ? Math.rint(value) : value, origin);
        }
    }

    /** A number with few digits; whole ones without a point. */
    static ConfigValue number(double value, String origin) {
        double rounded = new BigDecimal(value).round(DIGITS).doubleValue();
        Object plain = rounded == Math.rint(rounded) && Math.abs(rounded) < 1e15 ? (Object) (long) rounded : rounded;
        return ConfigValueFactory.fromAnyRef(plain).withOrigin(ConfigOriginFactory.newSimple(origin));
    }

    /** Whether an object describes an axis, and is not a section of keys. */
    static boolean isDescribedBy(ConfigObject object) {
        return object.containsKey("from") || object.containsKey("to") || object.containsKey("choice");
    }

    /** @throws UserError if the value is no list, range or choice, or contradicts itself */
    static Axis of(String key, ConfigValue value) {
        if (value instanceof ConfigList list) {
            return new Axis(key, true, choice(key, list));
        }
        if (value instanceof ConfigObject object && object.get("choice") instanceof ConfigList list) {
            requireFields(key, object, Set.of("choice"));
            return new Axis(key, false, choice(key, list));
        }
        if (value instanceof ConfigObject object && isDescribedBy(object)) {
            requireFields(key, object, OF_A_RANGE);
            return new Axis(key, false, range(key, object));
        }
        throw wrong(
                key,
                "must be a list, {from, to, count, scale, whole} or {choice = [...]}, got " + value.unwrapped(),
                value);
    }

    private static Choice choice(String key, ConfigList list) {
        if (list.isEmpty()) {
            throw wrong(key, "must have at least one value, got []", list);
        }
        List<ConfigValue> distinct = new ArrayList<>();
        list.stream().filter(value -> !distinct.contains(value)).forEach(distinct::add);
        return new Choice(List.copyOf(distinct));
    }

    private static Range range(String key, ConfigObject object) {
        double from = number(key, object, "from");
        double to = number(key, object, "to");
        double count = object.containsKey("count") ? number(key, object, "count") : 10;
        String scale =
                object.containsKey("scale") ? String.valueOf(object.get("scale").unwrapped()) : "linear";
        boolean whole = object.containsKey("whole")
                && Boolean.parseBoolean(String.valueOf(object.get("whole").unwrapped()));
        require(
                key,
                object,
                scale.equals("linear") || scale.equals("log"),
                "scale must be linear or log, got " + scale);
        require(key, object, from <= to, "from must be at most to, got " + from + " and " + to);
        require(key, object, !scale.equals("log") || from > 0, "from must be above 0 on a log scale, got " + from);
        require(
                key,
                object,
                count >= 1 && count == Math.rint(count) && count <= 1_000_000,
                "count must be a whole number in 1 .. 1000000, got " + count);
        return new Range(
                from,
                to,
                (int) count,
                scale.equals("log"),
                whole,
                object.origin().description());
    }

    private static double number(String key, ConfigObject object, String field) {
        ConfigValue value = object.get(field);
        if (value == null) {
            throw wrong(key, "a range needs from and to", object);
        }
        try {
            double number = Double.parseDouble(String.valueOf(value.unwrapped()));
            require(key, object, Double.isFinite(number), field + " must be finite, got " + number);
            return number;
        } catch (NumberFormatException e) {
            throw wrong(key, field + " must be a number, got " + value.unwrapped(), object);
        }
    }

    private static void requireFields(String key, ConfigObject object, Set<String> allowed) {
        object.keySet().stream()
                .filter(field -> !allowed.contains(field))
                .findFirst()
                .ifPresent(field -> {
                    throw wrong(
                            key,
                            "has " + field + "; allowed with the others are "
                                    + allowed.stream().sorted().toList(),
                            object);
                });
    }

    private static void require(String key, ConfigValue at, boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(key, otherwise, at);
        }
    }

    private static UserError wrong(String key, String what, ConfigValue at) {
        return new UserError(
                "sweep.space." + key + ": " + what + " (" + at.origin().description() + ")");
    }
}
