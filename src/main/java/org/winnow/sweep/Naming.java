package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.winnow.model.TrialId;

/** Configurations of links, and the names of their trials and trainings. */
record Naming<C extends Serializable>(Sweep.Setup<C> setup) {
    private static final String WARM_START_FROM = "sweep.warm_start_from";
    private static final String EPOCHS = "train.epochs";
    private static final String SEED = "train.seed";

    /** One for each decision. */
    List<Configured<C>> configured(Link link) {
        return link.decisions().stream()
                .map(decision -> setup.configure().apply(point(link, decision)))
                .toList();
    }

    private Map<String, ConfigValue> point(Link link, Map<String, ConfigValue> decision) {
        Map<String, ConfigValue> point = Plan.joined(link.point(), decision);
        if (link.from().isPresent()) {
            int epochs =
                    Integer.parseInt(setup.configure().apply(point).params().getOrDefault(EPOCHS, "1"));
            int fewer = (int) Math.max(1, Math.round(epochs * setup.options().warmStartEpochs()));
            point.put(EPOCHS, ConfigValueFactory.fromAnyRef(fewer, "sweep.warm_start_epochs"));
        }
        return point;
    }

    /** A link's decisions as if it had nothing to start from: what it is compared with has all of its epochs. */
    List<Configured<C>> cold(Link link) {
        return link.decisions().stream()
                .map(decision -> setup.configure().apply(Plan.joined(link.point(), decision)))
                .toList();
    }

    Trial<C> trial(Link link, Configured<C> configured, String fingerprint) {
        Map<String, String> params = params(link, configured, List.of());
        Map<String, String> replicates = new LinkedHashMap<>(configured.params());
        replicates.remove(SEED);
        return new Trial<>(TrialId.of(params, fingerprint), params, TrialId.of(replicates, ""), configured.options());
    }

    /** Trials that differ in what is decided after training have the same. */
    String training(Link link, Configured<C> configured, String fingerprint) {
        return TrialId.of(params(link, configured, setup.work().decisionKeys()), fingerprint);
    }

    private Map<String, String> params(Link link, Configured<C> configured, List<String> without) {
        Map<String, String> params = new LinkedHashMap<>(configured.params());
        link.from().ifPresent(from -> params.put(WARM_START_FROM, from.id()));
        params.keySet().removeIf(key -> without.stream().anyMatch(key::startsWith));
        return params;
    }
}
