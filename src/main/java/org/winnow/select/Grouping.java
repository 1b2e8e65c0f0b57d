package org.winnow.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.winnow.check.UserError;
import org.winnow.data.Feature;
import org.winnow.data.Schema;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.Standing;

/**
 * Which gate each feature goes through.
 *
 * @param names of the gates: the feature's, or the group's
 * @param gateOfFeature for each feature of the schema
 */
record Grouping(List<String> names, int[] gateOfFeature) {
    private static final int NAMES_SHOWN = 10;

    /**
     * One gate for each feature, or one for each group.
     *
     * @param dropped features that the data had and the schema has not; groups may name them
     * @throws UserError if a group names a feature that is not there, or a feature is in no group or in two
     */
    static Grouping of(Schema schema, List<String> dropped, Map<String, List<String>> groups) {
        List<String> features = schema.features().stream().map(Feature::name).toList();
        if (groups.isEmpty()) {
            return new Grouping(features, IntStream.range(0, features.size()).toArray());
        }
        Map<String, Integer> groupOf = new HashMap<>();
        List<String> names = new ArrayList<>();
        groups.forEach((name, members) -> {
            List<String> present =
                    members.stream().filter(member -> !dropped.contains(member)).toList();
            for (String member : present) {
                if (!features.contains(member)) {
                    throw new UserError("gates.groups: group " + name + " names \"" + member
                            + "\", which is not a feature; features: " + some(features));
                }
                if (groupOf.put(member, names.size()) != null) {
                    throw new UserError("gates.groups: feature \"" + member
                            + "\" is named twice; every feature must be in exactly one group");
                }
            }
            if (!present.isEmpty()) {
                names.add(name);
            }
        });
        List<String> missing =
                features.stream().filter(name -> !groupOf.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new UserError(
                    "gates.groups: no group has " + some(missing) + "; every feature must be in exactly one group");
        }
        return new Grouping(
                List.copyOf(names), features.stream().mapToInt(groupOf::get).toArray());
    }

    int gates() {
        return names.size();
    }

    /** The gate of every input of the network. */
    int[] gateOfInput(Schema schema) {
        return Arrays.stream(schema.featureOfInput())
                .map(feature -> gateOfFeature[feature])
                .toArray();
    }

    /**
     * The features with what their gates came to, by rank.
     *
     * @param standings of the gates
     */
    List<FeatureResult> features(Schema schema, List<GateResult> gates, IntFunction<Standing> standings) {
        return IntStream.range(0, gateOfFeature.length)
                .mapToObj(feature -> {
                    GateResult gate = gates.get(gateOfFeature[feature]);
                    return new FeatureResult(
                            gate.rank(),
                            schema.features().get(feature).name(),
                            gate.value(),
                            gate.rawValue(),
                            gate.activeProbability(),
                            gate.shardStd(),
                            gate.pValue(),
                            gate.qValue(),
                            gate.selected(),
                            standings.apply(gateOfFeature[feature]));
                })
                .sorted(Comparator.comparingInt(FeatureResult::rank))
                .toList();
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(NAMES_SHOWN, names.size())));
        return names.size() > NAMES_SHOWN ? shown + ", … (" + names.size() + ")" : shown;
    }
}
