package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A training that a chain wants.
 *
 * @param point what it trains with
 * @param decisions what is decided after it, each with the keys of its own
 * @param from whose solution it starts from
 */
record Link(Map<String, ConfigValue> point, List<Map<String, ConfigValue>> decisions, Optional<TrainingResult> from) {}
