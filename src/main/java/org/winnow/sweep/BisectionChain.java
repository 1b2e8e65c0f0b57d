package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.model.TrialResult;

/**
 * Bisects the price of open gates, on a log scale where the lowest is above 0: the interval's ends first, then the middle
 * of what is left, judged by the first decision on each training. With warm starts a training begins with the solution
 * at the highest price tried below its own.
 *
 * @param key of the price
 * @param point everything else
 */
record BisectionChain(
        Target target,
        String key,
        double lowest,
        double highest,
        Map<String, ConfigValue> point,
        List<Map<String, ConfigValue>> decisions,
        int length,
        boolean warm)
        implements Chain {
    @Override
    public Optional<Link> next(List<TrainingResult> over) {
        double low = lowest;
        double high = highest;
        Optional<TrainingResult> belowLow = Optional.empty();
        for (int i = 0; i < over.size(); i++) {
            double tried = i == 0 ? lowest : i == 1 ? highest : middle(low, high);
            boolean rises = target.wantsHigherPrice(decisive(over.get(i)));
            if ((i == 0 && !rises) || (i == 1 && rises)) {
                return Optional.empty(); // The answer is an end of the interval.
            }
            if (rises) {
                low = tried;
                belowLow = Optional.of(over.get(i));
            } else {
                high = tried;
            }
        }
        if (over.size() == length || (over.size() >= 2 && high <= low)) {
            return Optional.empty();
        }
        double price = over.isEmpty() ? lowest : over.size() == 1 ? highest : middle(low, high);
        Map<String, ConfigValue> next = new LinkedHashMap<>(point);
        next.put(key, Axis.number(price, "sweep.target"));
        return Optional.of(new Link(
                next,
                decisions,
                warm ? belowLow.filter(result -> result.status().equals(TrainingResult.DONE)) : Optional.empty()));
    }

    private static TrialResult decisive(TrainingResult training) {
        return training.trials().get(0).row();
    }

    private static double middle(double low, double high) {
        return low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
    }
}
