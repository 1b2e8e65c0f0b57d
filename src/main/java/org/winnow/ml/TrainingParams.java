package org.winnow.ml;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.train.NetworkOptions;
import org.winnow.train.TrainOptions;

/** Params of a network and of its training. */
public interface TrainingParams extends RowParams {
    /** Param for the activation of the hidden layers. */
    default Param<String> activation() {
        return Settings.choice(this, "activation", NetworkOptions.class, NetworkOptions.Activation.class);
    }

    default String getActivation() {
        return getOrDefault(activation());
    }

    /** Param for the passes over the training rows. */
    default IntParam epochs() {
        return Settings.whole(this, "epochs", TrainOptions.class, 1);
    }

    default int getEpochs() {
        return Settings.whole(this, epochs());
    }

    /** Param for the rows of a minibatch. */
    default IntParam batchSize() {
        return Settings.whole(this, "batchSize", TrainOptions.class, 1);
    }

    default int getBatchSize() {
        return Settings.whole(this, batchSize());
    }

    /** Param for the step size. */
    default DoubleParam learningRate() {
        return Settings.number(this, "learningRate", TrainOptions.class, ParamValidators.gt(0));
    }

    default double getLearningRate() {
        return Settings.number(this, learningRate());
    }

    /** Param for the step size by epoch. */
    default StringArrayParam learningRateSchedule() {
        return Settings.words(this, "learningRateSchedule", TrainOptions.class);
    }

    default String[] getLearningRateSchedule() {
        return getOrDefault(learningRateSchedule());
    }

    /** Param for the decay of weights. */
    default DoubleParam weightDecay() {
        return Settings.number(this, "weightDecay", TrainOptions.class, ParamValidators.gtEq(0));
    }

    default double getWeightDecay() {
        return Settings.number(this, weightDecay());
    }

    /** Param for the noise on what a network is given in training. */
    default DoubleParam inputNoise() {
        return Settings.number(this, "inputNoise", TrainOptions.class, ParamValidators.gtEq(0));
    }

    default double getInputNoise() {
        return Settings.number(this, inputNoise());
    }

    /** Param for the penalty by epoch. */
    default StringArrayParam penaltySchedule() {
        return Settings.words(this, "penaltySchedule", TrainOptions.class);
    }

    default String[] getPenaltySchedule() {
        return getOrDefault(penaltySchedule());
    }

    /** Param for the minibatches between averagings. */
    default IntParam averagingFrequency() {
        return Settings.whole(this, "averagingFrequency", TrainOptions.class, 1);
    }

    default int getAveragingFrequency() {
        return Settings.whole(this, averagingFrequency());
    }

    /** Param for the rounds between judgements. */
    default IntParam evaluateEvery() {
        return Settings.whole(this, "evaluateEvery", TrainOptions.class, 1);
    }

    default int getEvaluateEvery() {
        return Settings.whole(this, evaluateEvery());
    }

    /** Param for the judgements without a better one after which training stops. */
    default IntParam patience() {
        return Settings.whole(this, "patience", TrainOptions.class, 0);
    }

    default int getPatience() {
        return Settings.whole(this, patience());
    }

    /** Sets the defaults. */
    default void setTrainingDefaults() {
        setRowDefaults();
        Settings.setDefaults(this, NetworkOptions.class, activation());
        Settings.setDefaults(
                this,
                TrainOptions.class,
                epochs(),
                batchSize(),
                learningRate(),
                learningRateSchedule(),
                weightDecay(),
                inputNoise(),
                penaltySchedule(),
                averagingFrequency(),
                evaluateEvery(),
                patience());
    }

    /**
     * The training that the params describe.
     *
     * @param temperatures of gates by epoch
     */
    default TrainOptions trainOptions(String... temperatures) {
        return Words.ofSection("train", () -> {
            TrainOptions rest =
                    TrainOptions.of(getEpochs(), getBatchSize(), getLearningRate(), getAveragingFrequency(), getSeed());
            return new TrainOptions(
                    rest.master(),
                    rest.epochs(),
                    rest.batchSize(),
                    rest.learningRate(),
                    List.of(getLearningRateSchedule()),
                    getWeightDecay(),
                    getInputNoise(),
                    List.of(getPenaltySchedule()),
                    List.of(temperatures),
                    getShards(),
                    rest.averagingFrequency(),
                    rest.rounds(),
                    rest.average(),
                    rest.outer(),
                    rest.outerLearningRate(),
                    rest.outerMomentum(),
                    getEvaluateEvery(),
                    getPatience(),
                    rest.resume(),
                    rest.checkpoint(),
                    rest.seed());
        });
    }

    /** The activation that the params name. */
    default NetworkOptions.Activation activationOption() {
        return Settings.constant(NetworkOptions.Activation.class, getActivation());
    }
}
