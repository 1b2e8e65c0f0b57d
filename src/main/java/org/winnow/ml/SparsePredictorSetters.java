package org.winnow.ml;

/**
 * Sets the params of a network that is made sparse and predicts.
 *
 * @param <S> what sets them
 */
public interface SparsePredictorSetters<S> extends SparsePredictorParams, TrainingSetters<S> {
    default S setPredictionCol(String value) {
        return Settings.set(this, predictionCol(), value);
    }

    default S setLayers(String... value) {
        return Settings.set(this, layers(), value);
    }

    default S setImage(int... value) {
        return Settings.set(this, image(), value);
    }

    default S setComplex(boolean value) {
        return Settings.set(this, complex(), value);
    }

    default S setDenseEpochs(int value) {
        return Settings.set(this, denseEpochs(), value);
    }

    default S setDenseLearningRate(double value) {
        return Settings.set(this, denseLearningRate(), value);
    }

    default S setDenseLearningRateSchedule(String... value) {
        return Settings.set(this, denseLearningRateSchedule(), value);
    }

    default S setFinetuneEpochs(int value) {
        return Settings.set(this, finetuneEpochs(), value);
    }

    default S setFinetuneLearningRate(double value) {
        return Settings.set(this, finetuneLearningRate(), value);
    }

    default S setFinetuneLearningRateSchedule(String... value) {
        return Settings.set(this, finetuneLearningRateSchedule(), value);
    }

    default S setMethod(String value) {
        return Settings.set(this, method(), value);
    }

    default S setPrunedLayers(String... value) {
        return Settings.set(this, prunedLayers(), value);
    }

    default S setLayerMethods(String value) {
        return Settings.set(this, layerMethods(), value);
    }

    default S setUnit(String value) {
        return Settings.set(this, unit(), value);
    }

    default S setRegWeight(double value) {
        return Settings.set(this, regWeight(), value);
    }

    default S setLayerRegWeights(String... value) {
        return Settings.set(this, layerRegWeights(), value);
    }

    default S setInitial(String... value) {
        return Settings.set(this, initial(), value);
    }

    default S setTemperatureFactor(double value) {
        return Settings.set(this, temperatureFactor(), value);
    }

    default S setPruneThresholds(double... value) {
        return Settings.set(this, pruneThresholds(), value);
    }

    default S setLayerThresholds(String... value) {
        return Settings.set(this, layerThresholds(), value);
    }

    default S setAllowEmpty(boolean value) {
        return Settings.set(this, allowEmpty(), value);
    }

    default S setFinetuneAll(boolean value) {
        return Settings.set(this, finetuneAll(), value);
    }

    default S setSteps(int value) {
        return Settings.set(this, steps(), value);
    }

    default S setPace(String value) {
        return Settings.set(this, pace(), value);
    }

    default S setRewindEpoch(int value) {
        return Settings.set(this, rewindEpoch(), value);
    }

    default S setTargetSparsity(double value) {
        return Settings.set(this, targetSparsity(), value);
    }

    default S setTargetMetricDrop(double value) {
        return Settings.set(this, targetMetricDrop(), value);
    }

    default S setSearchBy(String value) {
        return Settings.set(this, searchBy(), value);
    }

    default S setSearchTries(int value) {
        return Settings.set(this, searchTries(), value);
    }

    default S setAblate(String value) {
        return Settings.set(this, ablate(), value);
    }

    default S setAblateRepeats(int value) {
        return Settings.set(this, ablateRepeats(), value);
    }
}
