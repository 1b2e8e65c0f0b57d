package org.winnow.prune;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.winnow.check.UserError;
import org.winnow.data.Encoder;
import org.winnow.data.Feature;
import org.winnow.data.Scaling;
import org.winnow.data.Schema;
import org.winnow.data.Task;
import org.winnow.model.NetworkState;
import org.winnow.model.Normaliser;
import org.winnow.model.SavedNetwork;
import org.winnow.surgery.Delivery;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.TrainOptions;

class RenormalisingTest {
    private static final List<Feature> FEATURES = List.of(
            new Feature("a", Feature.Kind.NUMERIC, List.of()),
            new Feature("b", Feature.Kind.CATEGORICAL, List.of("x", "y")));
    private static final Encoder ENCODER = new Encoder(
            new Schema(FEATURES, "label", Task.REGRESSION, List.of()),
            List.of(new Scaling(100, 10, 0), Scaling.NONE),
            new Scaling(5, 2, 0));
    private static final double[] SHIFT = {90, 0.5, 0};
    private static final double[] SCALE = {30, 0.25, 2};

    private static NetworkState network() {
        return Networks.build(
                Optional.empty(),
                3,
                Head.number(),
                new NetworkOptions(List.of(4), NetworkOptions.Activation.TANH),
                TrainOptions.of(1, 1, 0.1, 1, 7));
    }

    private static double answer(NetworkState network, float... row) {
        return Delivery.answers(network, row.length).apply(row)[0];
    }

    /** The label that a network behind a normaliser gives for 112 and category y. */
    private static double assertAnswersAsBefore(Normaliser normaliser) {
        NetworkState network = network();
        NetworkState folded = Renormalising.of(new SavedNetwork(network, normaliser, List.of()), ENCODER);
        double[] raw = {112, 0, 1};
        float[] normalised = new float[3];
        for (int i = 0; i < 3; i++) {
            int at = normaliser.shift().length == 1 ? 0 : i;
            normalised[i] =
                    (float) ((raw[i] - normaliser.shift()[at]) / normaliser.scale()[at]);
        }
        double before = answer(network, normalised);
        double label = normaliser.labelShift().length == 0
                ? before
                : normaliser.labelShift()[0] + normaliser.labelScale()[0] * before;
        double now = 5 + 2 * answer(folded, ENCODER.encode(new double[] {112, 1}));
        assertEquals(label, now, 1e-5);
        return now;
    }

    @Test
    void rowsAndLabelsAreInTheirOwnUnits() {
        double plain = assertAnswersAsBefore(new Normaliser("some", SHIFT, SCALE, new double[0], new double[0]));
        double scaled = assertAnswersAsBefore(new Normaliser("some", SHIFT, SCALE, new double[] {7}, new double[] {3}));
        assertEquals(7 + 3 * plain, scaled, 1e-4);
        assertAnswersAsBefore(
                new Normaliser("some", new double[] {1}, new double[] {255}, new double[0], new double[0]));
    }

    @Test
    void aNetworkWithoutANormaliserStaysAsItIs() {
        SavedNetwork saved = new SavedNetwork(network(), null, List.of());
        assertSame(saved.network(), Renormalising.of(saved, ENCODER));
        Normaliser other = new Normaliser("some", SHIFT, SCALE, new double[0], new double[0]);
        assertTrue(!saved.fingerprint().equals(new SavedNetwork(saved.network(), other, List.of()).fingerprint()));
    }

    @Test
    void oneOfOtherRowsIsRefused() {
        Normaliser two = new Normaliser("Scaler", new double[2], new double[] {1, 1}, new double[0], new double[0]);
        UserError error = assertThrows(
                UserError.class, () -> Renormalising.of(new SavedNetwork(network(), two, List.of()), ENCODER));
        assertEquals("network.path: its Scaler is for rows of 2 numbers, got 3", error.getMessage());
    }
}
