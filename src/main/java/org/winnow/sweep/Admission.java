package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.winnow.check.UserError;
import org.winnow.train.TrainingData;

/** Lets a sweep begin, or says why it cannot, before anything is written. */
record Admission<C extends Serializable>(Sweep.Setup<C> setup, DataPool pool) {
    /**
     * Reads the data of all points.
     *
     * @throws UserError if a configuration or its data are wrong, or trials that cannot begin would end the sweep
     */
    void check(List<Map<String, ConfigValue>> points) {
        boolean possible = false;
        int checked = 0;
        Optional<UserError> wrong = Optional.empty();
        for (Map<String, ConfigValue> point : points) {
            Configured<C> configured = setup.configure().apply(point);
            TrainingData data = pool.load(configured);
            if (setup.options().stop() != Stopping.Rule.NONE && data.testRows() == 0) {
                throw new UserError("sweep.stop needs held-out rows to compare trials on; data.test_fraction is 0");
            }
            if (!possible && checked <= setup.options().maxFailures()) {
                Optional<UserError> refused = refused(data, configured.options());
                possible = refused.isEmpty();
                wrong = wrong.or(() -> refused);
                checked++;
            }
        }
        if (!possible && wrong.isPresent()) {
            throw wrong.get();
        }
    }

    private Optional<UserError> refused(TrainingData data, C options) {
        try {
            setup.work().requirePossible(data, options);
            return Optional.empty();
        } catch (UserError e) {
            return Optional.of(e);
        }
    }
}
