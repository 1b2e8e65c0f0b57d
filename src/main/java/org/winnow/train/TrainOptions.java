package org.winnow.train;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.positive;
import static org.winnow.check.Check.that;

import java.io.Serializable;
import org.winnow.model.Setting;

/** How a network is trained: what every job's {@code train} section says. */
public record TrainOptions(
        @Setting(value = "Passes over the training rows", byDefault = "200")
        int epochs,

        @Setting(value = "Rows of a minibatch, per shard", byDefault = "32", unit = "rows")
        int batchSize,

        @Setting(value = "Step size of Adam", byDefault = "0.003")
        double learningRate,

        @Setting(
                value =
                        "Logical shards that train side by side and are averaged; they are part of the result, executors"
                                + " and cores are not. 0: one per 4,000 training rows, at least 2, at most 64",
                byDefault = "0")
        int shards,

        @Setting(value = "Minibatches that a shard takes between averagings", byDefault = "10", unit = "minibatches")
        int averagingFrequency,

        @Setting(value = "Rounds between judgements on the held-out rows", byDefault = "10", unit = "rounds")
        int evaluateEvery,

        @Setting(
                value = "Key of every random draw: the split, the order of rows, initial weights, noise",
                byDefault = "1")
        long seed)
        implements Serializable {

    public TrainOptions {
        atLeast(1, epochs, "epochs");
        atLeast(1, batchSize, "batch_size");
        positive(learningRate, "learning_rate");
        that(shards >= 0 && shards <= 10_000, "shards", "in 0 .. 10000", shards);
        atLeast(1, averagingFrequency, "averaging_frequency");
        atLeast(1, evaluateEvery, "evaluate_every");
    }

    /** The same with another number of epochs and another step size. */
    public TrainOptions with(int otherEpochs, double otherLearningRate) {
        return new TrainOptions(
                otherEpochs, batchSize, otherLearningRate, shards, averagingFrequency, evaluateEvery, seed);
    }
}
