package org.winnow.ml;

/**
 * Sets the params of gates.
 *
 * @param <S> what sets them
 */
public interface GateSetters<S> extends GateParams {
    default S setRegWeight(double value) {
        return Settings.set(this, regWeight(), value);
    }

    default S setDistribution(String value) {
        return Settings.set(this, distribution(), value);
    }

    default S setStd(double value) {
        return Settings.set(this, std(), value);
    }

    default S setTemperature(double value) {
        return Settings.set(this, temperature(), value);
    }

    default S setLowerBound(double value) {
        return Settings.set(this, lowerBound(), value);
    }

    default S setUpperBound(double value) {
        return Settings.set(this, upperBound(), value);
    }

    default S setGroups(String value) {
        return Settings.set(this, groups(), value);
    }

    default S setRegReduction(String value) {
        return Settings.set(this, regReduction(), value);
    }

    default S setSelectBy(String value) {
        return Settings.set(this, selectBy(), value);
    }

    default S setThreshold(double value) {
        return Settings.set(this, threshold(), value);
    }

    default S setTopK(int value) {
        return Settings.set(this, topK(), value);
    }

    default S setFdr(double value) {
        return Settings.set(this, fdr(), value);
    }

    default S setTemperatureSchedule(String... value) {
        return Settings.set(this, temperatureSchedule(), value);
    }
}
