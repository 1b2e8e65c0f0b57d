package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Given points one after the other. With warm starts each begins with the solution of the last before it that came to
 * its end.
 *
 * @param points in order
 * @param decisions of each point
 */
record PathChain(List<Map<String, ConfigValue>> points, List<List<Map<String, ConfigValue>>> decisions, boolean warm)
        implements Chain {
    @Override
    public Optional<Link> next(List<TrainingResult> over) {
        int at = over.size();
        return at == points.size()
                ? Optional.empty()
                : Optional.of(new Link(points.get(at), decisions.get(at), warm ? lastDone(over) : Optional.empty()));
    }

    private static Optional<TrainingResult> lastDone(List<TrainingResult> over) {
        return over.stream()
                .filter(result -> result.status().equals(TrainingResult.DONE))
                .reduce((earlier, later) -> later);
    }

    @Override
    public int length() {
        return points.size();
    }
}
