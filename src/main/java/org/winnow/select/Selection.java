package org.winnow.select;

import java.util.List;
import org.winnow.data.Encoder;
import org.winnow.model.FeatureResult;
import org.winnow.model.GateResult;
import org.winnow.model.NetworkState;
import org.winnow.model.SizeResult;
import org.winnow.model.TrialResult;

/**
 * What a selection found.
 *
 * @param gates in the order of the gates
 * @param features by rank
 * @param encoder of the kept features of a row
 * @param network on the kept features alone
 * @param sizes what numbers of the first features are worth; empty if that was not asked for
 * @param helps whether any feature helps to tell the label, as far as the training rows can say
 */
public record Selection(
        TrialResult trial,
        List<GateResult> gates,
        List<FeatureResult> features,
        Encoder encoder,
        NetworkState network,
        List<SizeResult> sizes,
        boolean helps) {
    /** Whether the features were ranked, and not chosen by gates that trained. */
    public boolean isRanked() {
        return features.stream().allMatch(feature -> feature.standing().known());
    }

    /** How many of the kept features have gates that training closed; ranks alone kept those. */
    public long closedAmongKept() {
        return features.stream()
                .filter(feature -> feature.selected() && feature.value() == 0)
                .count();
    }
}
