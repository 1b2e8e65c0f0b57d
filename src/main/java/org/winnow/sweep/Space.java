package org.winnow.sweep;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.winnow.check.UserError;
import org.winnow.kernel.Noise;
import org.winnow.kernel.Permutation;
import org.winnow.sweep.SweepOptions.Sampler;

/**
 * A search space: for each key the values that it takes. Axes are in the order of their keys, so that a space written in
 * another order is the same one.
 */
record Space(List<Axis> axes) {
    private static final long ORDER = 1;
    private static final long PLACE = 2;

    /**
     * Reads a space.
     *
     * @throws UserError if it is empty, or an axis is not one
     */
    static Space of(ConfigObject written) {
        Map<String, Axis> axes = new TreeMap<>();
        collect(written, "", axes);
        if (axes.isEmpty()) {
            throw new UserError("sweep.space must have at least one key, as in"
                    + " sweep.space { gates.reg_weight = { from = 0.001, to = 0.1, count = 20, scale = log } }");
        }
        return new Space(List.copyOf(axes.values()));
    }

    private static void collect(ConfigObject object, String prefix, Map<String, Axis> into) {
        object.forEach((name, value) -> {
            String key = prefix + name;
            if (value instanceof ConfigObject inner && !Axis.isDescribedBy(inner)) {
                collect(inner, key + ".", into);
            } else {
                into.put(key, Axis.of(key, value));
            }
        });
    }

    List<String> keys() {
        return axes.stream().map(Axis::key).toList();
    }

    /**
     * The points: crossed axes with everything, the others as the sampler covers them.
     *
     * @throws UserError if there are more than {@code sweep.max_trials}
     */
    List<Map<String, ConfigValue>> points(SweepOptions options) {
        boolean grid = options.sampler() == Sampler.GRID;
        List<Axis> sampled =
                axes.stream().filter(axis -> !grid && !axis.crossed()).toList();
        List<Map<String, ConfigValue>> points =
                new ArrayList<>(sampled.isEmpty() ? List.of(Map.of()) : draw(sampled, options));
        long count = points.size();
        List<Axis> others =
                axes.stream().filter(axis -> !sampled.contains(axis)).toList();
        List<List<ConfigValue>> values =
                others.stream().map(axis -> axis.values().grid()).toList();
        for (List<ConfigValue> of : values) {
            count = Math.multiplyExact(count, of.size());
            if (count > options.maxTrials()) {
                throw new UserError("sweep.max_trials is " + options.maxTrials()
                        + ", and the space has more points; make it smaller or raise the limit");
            }
        }
        for (int i = 0; i < others.size(); i++) {
            points = crossed(points, others.get(i).key(), values.get(i));
        }
        return points;
    }

    private static List<Map<String, ConfigValue>> crossed(
            List<Map<String, ConfigValue>> points, String key, List<ConfigValue> values) {
        List<Map<String, ConfigValue>> more = new ArrayList<>();
        for (Map<String, ConfigValue> point : points) {
            for (ConfigValue value : values) {
                Map<String, ConfigValue> extended = new LinkedHashMap<>(point);
                extended.put(key, value);
                more.add(extended);
            }
        }
        return more;
    }

    /** Uniform points, or one in each of as many strata of every axis (McKay, Beckman and Conover 1979). */
    private static List<Map<String, ConfigValue>> draw(List<Axis> axes, SweepOptions options) {
        int samples = options.samples();
        if (samples > options.maxTrials()) {
            throw new UserError(
                    "sweep.samples must be at most sweep.max_trials, " + options.maxTrials() + ", got " + samples);
        }
        List<Map<String, ConfigValue>> points = new ArrayList<>();
        for (int sample = 0; sample < samples; sample++) {
            Map<String, ConfigValue> point = new LinkedHashMap<>();
            for (int i = 0; i < axes.size(); i++) {
                Noise key = Noise.of(options.seed()).child(i);
                double place = key.child(PLACE).uniform(sample);
                double share = options.sampler() == Sampler.RANDOM
                        ? place
                        : (Permutation.of(key.child(ORDER), samples).apply(sample) + place) / samples;
                point.put(axes.get(i).key(), axes.get(i).values().at(share));
            }
            points.add(point);
        }
        return points;
    }
}
