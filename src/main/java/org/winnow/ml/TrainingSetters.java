package org.winnow.ml;

/**
 * Sets the params of rows, network and training.
 *
 * @param <S> what sets them
 */
public interface TrainingSetters<S> extends TrainingParams {
    default S setFeaturesCol(String value) {
        return Settings.set(this, featuresCol(), value);
    }

    default S setLabelCol(String value) {
        return Settings.set(this, labelCol(), value);
    }

    default S setWeightCol(String value) {
        return Settings.set(this, weightCol(), value);
    }

    default S setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    default S setSeed(long value) {
        return Settings.set(this, seed(), value);
    }

    default S setShards(int value) {
        return Settings.set(this, shards(), value);
    }

    default S setStandardise(String value) {
        return Settings.set(this, standardise(), value);
    }

    default S setTestFraction(double value) {
        return Settings.set(this, testFraction(), value);
    }

    default S setActivation(String value) {
        return Settings.set(this, activation(), value);
    }

    default S setEpochs(int value) {
        return Settings.set(this, epochs(), value);
    }

    default S setBatchSize(int value) {
        return Settings.set(this, batchSize(), value);
    }

    default S setLearningRate(double value) {
        return Settings.set(this, learningRate(), value);
    }

    default S setLearningRateSchedule(String... value) {
        return Settings.set(this, learningRateSchedule(), value);
    }

    default S setWeightDecay(double value) {
        return Settings.set(this, weightDecay(), value);
    }

    default S setInputNoise(double value) {
        return Settings.set(this, inputNoise(), value);
    }

    default S setPenaltySchedule(String... value) {
        return Settings.set(this, penaltySchedule(), value);
    }

    default S setAveragingFrequency(int value) {
        return Settings.set(this, averagingFrequency(), value);
    }

    default S setEvaluateEvery(int value) {
        return Settings.set(this, evaluateEvery(), value);
    }

    default S setPatience(int value) {
        return Settings.set(this, patience(), value);
    }
}
