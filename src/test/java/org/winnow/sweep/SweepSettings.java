package org.winnow.sweep;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import java.util.Locale;

/** Options of a sweep for tests: the defaults, with some of them changed. */
final class SweepSettings {
    private SweepSettings() {}

    static SweepOptions of(String... changes) {
        Config config = ConfigFactory.parseString(String.join("\n", changes));
        ConfigObject space = config.hasPath("space")
                ? config.getObject("space")
                : ConfigFactory.empty().root();
        return new SweepOptions(
                SweepOptions.Job.SELECT,
                space,
                SweepOptions.Sampler.valueOf(text(config, "sampler", "grid")),
                Integer.parseInt(text(config, "samples", "20")),
                Long.parseLong(text(config, "seed", "1")),
                SweepOptions.Parallel.valueOf(text(config, "parallel", "auto")),
                Boolean.parseBoolean(text(config, "warm_start", "false")),
                0.25,
                Stopping.Rule.valueOf(text(config, "stop", "none")),
                2,
                3,
                config.hasPath("target") ? config.getString("target") : "",
                8,
                10_000,
                10,
                false,
                0.9);
    }

    private static String text(Config config, String key, String otherwise) {
        return (config.hasPath(key) ? config.getString(key) : otherwise).toUpperCase(Locale.ROOT);
    }
}
