package org.winnow.select;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.inside;
import static org.winnow.check.Check.positive;
import static org.winnow.check.Check.that;

import java.io.Serializable;
import org.winnow.model.Setting;

/** Which gates count as open, and how the network is tuned on what they keep: the section {@code select}. */
public record SelectOptions(
        @Setting(
                value =
                        "What decides: ranking puts all features in an order, with no price to choose, and keeps as many as"
                                + " the training rows say are of use; gates trains a network behind stochastic gates and keeps"
                                + " those that stay open. Where it is not given, a key of gates (but for groups),"
                                + " select.threshold or a sweep means gates",
                byDefault = "ranking")
        By by,

        @Setting(value = "Gates with a value above this are kept; a tie drops", byDefault = "0.5")
        double threshold,

        @Setting(
                value =
                        "Keep this many gates, the highest ranked; 0: as many as the ranking says are of use, or, with gates, as"
                                + " are above the threshold",
                byDefault = "0",
                unit = "gates")
        int topK,

        @Setting(
                value =
                        "Keep what the target depends on given all other features, as tests on the training rows say, so"
                                + " that the expected share of false ones is at most this, whatever threshold says; 0: no tests",
                byDefault = "0")
        double fdr,

        @Setting(
                value = "Whether the table sizes says what the first one, two, … of a ranking are worth, up to 100, on"
                        + " training rows that a network did not learn from",
                byDefault = "false")
        boolean path,

        @Setting(value = "Passes over the training rows on the kept features alone, without gates", byDefault = "50")
        int finetuneEpochs,

        @Setting(value = "Step size of Adam in fine-tuning", byDefault = "0.001")
        double finetuneLearningRate)
        implements Serializable {

    /** What decides which features are kept. */
    public enum By {
        /** {@link FeatureRanking}. */
        RANKING,
        /** Stochastic gates that train. */
        GATES
    }

    public SelectOptions {
        inside(0, 1, threshold, "threshold");
        atLeast(0, topK, "top_k");
        that(fdr >= 0 && fdr < 1, "fdr", "in [0, 1)", fdr);
        that(fdr == 0 || topK == 0, "fdr", "0 with top_k", fdr);
        atLeast(0, finetuneEpochs, "finetune_epochs");
        positive(finetuneLearningRate, "finetune_learning_rate");
    }
}
