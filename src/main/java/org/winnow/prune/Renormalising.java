package org.winnow.prune;

import java.util.Arrays;
import java.util.List;
import org.winnow.check.UserError;
import org.winnow.data.Encoder;
import org.winnow.data.Feature;
import org.winnow.data.Scaling;
import org.winnow.data.Task;
import org.winnow.model.NetworkState;
import org.winnow.model.Normaliser;
import org.winnow.model.SavedNetwork;
import org.winnow.surgery.NormalisationFolding;

/** Between how a network that is given had its rows scaled and how ours are. */
final class Renormalising {
    private Renormalising() {}

    /**
     * The network, its normaliser and what the encoder does to rows undone in one: to rows that the encoder has made it
     * answers what it did behind its normaliser.
     *
     * @throws UserError if the normaliser is of other rows, or the network cannot take it in
     */
    static NetworkState of(SavedNetwork given, Encoder encoder) {
        Normaliser normaliser = given.normaliser();
        if (normaliser == null) {
            return given.network();
        }
        double[][] rows = rows(normaliser, encoder);
        double[][] answers = answers(normaliser, encoder);
        try {
            return NormalisationFolding.between(given.network(), rows[0], rows[1], answers[0], answers[1]);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    "network.path: the network cannot take in its " + normaliser.kind() + ": " + e.getMessage(), e);
        }
    }

    /** What takes inputs as they are encoded to inputs as they were normalised. */
    private static double[][] rows(Normaliser normaliser, Encoder encoder) {
        int inputs = encoder.schema().inputs();
        int known = normaliser.shift().length;
        if (known != 1 && known != inputs) {
            throw new UserError(
                    "network.path: its " + normaliser.kind() + " is for rows of " + known + " numbers, got " + inputs);
        }
        double[] factor = new double[inputs];
        double[] offset = new double[inputs];
        int at = 0;
        List<Feature> features = encoder.schema().features();
        for (int f = 0; f < features.size(); f++) {
            boolean numeric = features.get(f).kind() == Feature.Kind.NUMERIC;
            Scaling scaling = numeric ? encoder.scalings().get(f) : Scaling.NONE;
            for (int end = at + features.get(f).width(); at < end; at++) {
                int own = known == 1 ? 0 : at;
                factor[at] = scaling.scale() / normaliser.scale()[own];
                offset[at] =
                        (scaling.mean() - normaliser.shift()[own]) / normaliser.scale()[own];
            }
        }
        return new double[][] {factor, offset};
    }

    /** What takes answers as labels were normalised, if they were, to labels as they are encoded. */
    private static double[][] answers(Normaliser normaliser, Encoder encoder) {
        double[] factor = new double[encoder.schema().outputs()];
        double[] offset = new double[factor.length];
        Arrays.fill(factor, 1);
        if (encoder.schema().task() == Task.REGRESSION) {
            boolean normalised = normaliser.labelShift().length > 0;
            double shift = normalised ? normaliser.labelShift()[0] : 0;
            double scale = normalised ? normaliser.labelScale()[0] : 1;
            factor[0] = scale / encoder.targetScale();
            offset[0] = (shift - encoder.targetMean()) / encoder.targetScale();
        }
        return new double[][] {factor, offset};
    }
}
