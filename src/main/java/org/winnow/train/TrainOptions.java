package org.winnow.train;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.notNegative;
import static org.winnow.check.Check.positive;
import static org.winnow.check.Check.that;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import org.winnow.model.Setting;

/** How a network is trained: what every job's {@code train} section says. */
public record TrainOptions(
        @Setting(
                value =
                        "Who trains: winnow; or dl4j, DL4J's own parameter averaging on the same network and shards, for"
                                + " comparison: its results are not repeatable, an epoch counts as a round, and there are no"
                                + " outer optimiser, noise on inputs, schedules, patience and checkpoints",
                byDefault = "winnow")
        Master master,

        @Setting(value = "Passes over the training rows", byDefault = "200")
        int epochs,

        @Setting(value = "Rows of a minibatch, per shard", byDefault = "32", unit = "rows")
        int batchSize,

        @Setting(value = "Step size of Adam", byDefault = "0.003")
        double learningRate,

        @Setting(
                value = "Factor of the step size by epoch, as [100:1, 200:0]: straight lines between points, constant"
                        + " outside; empty: always 1",
                byDefault = "[]")
        List<String> learningRateSchedule,

        @Setting(
                value = "Decay of weights: half of it times their sum of squares is added to the loss; not of biases,"
                        + " gates and variances. 0: what a network that is given brings along",
                byDefault = "0")
        double weightDecay,

        @Setting(
                value =
                        "Std of Gaussian noise that is added, in training alone, to every number that a network is given, after"
                                + " scaling (Bishop 1995); drawn anew at every step, in every stage",
                byDefault = "0")
        double inputNoise,

        @Setting(
                value = "Factor of the penalty on open gates by epoch, as [5:0, 20:1]: the warm-up of the penalty",
                byDefault = "[]")
        List<String> penaltySchedule,

        @Setting(
                value = "Factor of the gates' temperature, or of their std, by epoch, as [0:1, 100:0.5]",
                byDefault = "[]")
        List<String> temperatureSchedule,

        @Setting(
                value =
                        "Logical shards that train side by side and are averaged; they are part of the result, executors"
                                + " and cores are not. 0: one per 4,000 training rows, at least 2, at most 64",
                byDefault = "0")
        int shards,

        @Setting(value = "Minibatches that a shard takes between averagings", byDefault = "10", unit = "minibatches")
        int averagingFrequency,

        @Setting(
                value =
                        "Where rounds are taken, which no result depends on. spark: on executors, a Spark job each; local:"
                                + " on threads of the driver, which holds the rows; auto: local where the master is local and the"
                                + " rows take at most an eighth of the heap, or where a core of the driver has taken a round before"
                                + " a job would have begun",
                byDefault = "auto")
        Rounds rounds,

        @Setting(
                value = "What is averaged: with parameters alone, Adam starts anew in every round",
                byDefault = "parameters+updater")
        Averaged average,

        @Setting(
                value =
                        "What is done with the averaged change: taken as it is, or as the gradient of an outer optimiser"
                                + " (DiLoCo), which allows rare averaging",
                byDefault = "none")
        Outer outer,

        @Setting(value = "Step size of the outer optimiser", byDefault = "0.7")
        double outerLearningRate,

        @Setting(value = "Momentum of the outer optimiser", byDefault = "0.8")
        double outerMomentum,

        @Setting(value = "Rounds between judgements on the held-out rows", byDefault = "10", unit = "rounds")
        int evaluateEvery,

        @Setting(
                value = "Judgements without a better held-out metric after which training stops, and its best state is"
                        + " the result; 0: never",
                byDefault = "0",
                unit = "judgements")
        int patience,

        @Setting(
                value = "auto: go on from the last checkpoint of this configuration and data, if there is one; never;"
                        + " or the path of a checkpoint",
                byDefault = "auto")
        String resume,

        CheckpointOptions checkpoint,

        @Setting(
                value = "Key of every random draw: the split, the order of rows, initial weights, noise",
                byDefault = "1")
        long seed)
        implements Serializable {

    private static final int MOST = 1_000_000;

    /** Who trains. */
    public enum Master {
        /** {@link AveragingTrainer}. */
        WINNOW,
        /** DL4J's {@code ParameterAveragingTrainingMaster}, whose results are not repeatable. */
        DL4J
    }

    /** Where rounds are taken. */
    public enum Rounds {
        AUTO,
        SPARK,
        LOCAL
    }

    /** What of the shards' states is averaged. */
    public enum Averaged {
        PARAMETERS,
        PARAMETERS_AND_UPDATER
    }

    public TrainOptions {
        that(epochs >= 1 && epochs <= MOST, "epochs", "in 1 .. " + MOST, epochs);
        that(batchSize >= 1 && batchSize <= MOST, "batch_size", "in 1 .. " + MOST, batchSize);
        positive(learningRate, "learning_rate");
        learningRateSchedule = List.copyOf(learningRateSchedule);
        notNegative(weightDecay, "weight_decay");
        notNegative(inputNoise, "input_noise");
        penaltySchedule = List.copyOf(penaltySchedule);
        temperatureSchedule = List.copyOf(temperatureSchedule);
        Schedule.of("learning_rate_schedule", learningRateSchedule);
        Schedule.of("penalty_schedule", penaltySchedule);
        double[] temperatures =
                Schedule.of("temperature_schedule", temperatureSchedule).factors();
        for (double factor : temperatures) {
            that(factor > 0, "temperature_schedule", "factors above 0", temperatureSchedule);
        }
        that(shards >= 0 && shards <= 10_000, "shards", "in 0 .. 10000", shards);
        that(
                averagingFrequency >= 1 && averagingFrequency <= MOST,
                "averaging_frequency",
                "in 1 .. " + MOST,
                averagingFrequency);
        positive(outerLearningRate, "outer_learning_rate");
        that(outerMomentum >= 0 && outerMomentum < 1, "outer_momentum", "in [0, 1)", outerMomentum);
        atLeast(1, evaluateEvery, "evaluate_every");
        atLeast(0, patience, "patience");
        that(!resume.isBlank(), "resume", "auto, never or a path", "\"" + resume + "\"");
        if (master == Master.DL4J) {
            dl4jCan(outer == Outer.NONE, "outer", "none", outer.name().toLowerCase(Locale.ROOT));
            dl4jCan(inputNoise == 0, "input_noise", "0", inputNoise);
            dl4jCan(learningRateSchedule.isEmpty(), "learning_rate_schedule", "empty", learningRateSchedule);
            dl4jCan(penaltySchedule.isEmpty(), "penalty_schedule", "empty", penaltySchedule);
            dl4jCan(temperatureSchedule.isEmpty(), "temperature_schedule", "empty", temperatureSchedule);
            dl4jCan(patience == 0, "patience", "0", patience);
            dl4jCan(checkpoint.dir().isEmpty(), "checkpoint.dir", "empty", checkpoint.dir());
            dl4jCan(rounds != Rounds.LOCAL, "rounds", "auto or spark", "local");
            dl4jCan(resume.equals("auto") || resume.equals("never"), "resume", "auto or never", resume);
        }
    }

    private static void dl4jCan(boolean holds, String key, String allowed, Object got) {
        that(holds, key, allowed + " where train.master=dl4j", got);
    }

    /** Everything at its default but these. */
    public static TrainOptions of(int epochs, int batchSize, double learningRate, int averagingFrequency, long seed) {
        return new TrainOptions(
                Master.WINNOW,
                epochs,
                batchSize,
                learningRate,
                List.of(),
                0,
                0,
                List.of(),
                List.of(),
                0,
                averagingFrequency,
                Rounds.AUTO,
                Averaged.PARAMETERS_AND_UPDATER,
                Outer.NONE,
                0.7,
                0.8,
                10,
                0,
                "auto",
                CheckpointOptions.NONE,
                seed);
    }

    /** The same with noise of such a deviation on the inputs. */
    public TrainOptions withInputNoise(double deviation) {
        return with(epochs, learningRate, learningRateSchedule, deviation, penaltySchedule, temperatureSchedule);
    }

    /** The same for fine-tuning: other epochs and step size, and no schedules. */
    public TrainOptions forFineTuning(int otherEpochs, double otherLearningRate) {
        return forStage(otherEpochs, otherLearningRate, List.of());
    }

    /** The same for another stage: its epochs, its step size and that one's schedule; no other schedules. */
    public TrainOptions forStage(int otherEpochs, double otherLearningRate, List<String> otherRateSchedule) {
        return with(otherEpochs, otherLearningRate, otherRateSchedule, inputNoise, List.of(), List.of());
    }

    private TrainOptions with(
            int otherEpochs,
            double otherLearningRate,
            List<String> otherRateSchedule,
            double otherNoise,
            List<String> otherPenaltySchedule,
            List<String> otherTemperatureSchedule) {
        return new TrainOptions(
                master,
                otherEpochs,
                batchSize,
                otherLearningRate,
                otherRateSchedule,
                weightDecay,
                otherNoise,
                otherPenaltySchedule,
                otherTemperatureSchedule,
                shards,
                averagingFrequency,
                rounds,
                average,
                outer,
                outerLearningRate,
                outerMomentum,
                evaluateEvery,
                patience,
                resume,
                checkpoint,
                seed);
    }
}
