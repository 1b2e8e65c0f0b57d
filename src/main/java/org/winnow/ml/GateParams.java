package org.winnow.ml;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.gate.Reduction;
import org.winnow.select.GateOptions;
import org.winnow.select.SelectOptions;
import org.winnow.train.TrainOptions;

/** Params of gates on features, and of what is decided by them. */
public interface GateParams extends Params {
    /** Param for the price of an open gate. */
    default DoubleParam regWeight() {
        return Settings.number(this, "regWeight", GateOptions.class, ParamValidators.gtEq(0));
    }

    default double getRegWeight() {
        return Settings.number(this, regWeight());
    }

    /** Param for the distribution of gates. */
    default Param<String> distribution() {
        return Settings.choice(this, "distribution", GateOptions.class, GateOptions.Distribution.class);
    }

    default String getDistribution() {
        return getOrDefault(distribution());
    }

    /** Param for the noise of Gaussian gates. */
    default DoubleParam std() {
        return Settings.number(this, "std", GateOptions.class, ParamValidators.gt(0));
    }

    default double getStd() {
        return Settings.number(this, std());
    }

    /** Param for the temperature of binary concrete gates. */
    default DoubleParam temperature() {
        return Settings.number(this, "temperature", GateOptions.class, ParamValidators.gt(0));
    }

    default double getTemperature() {
        return Settings.number(this, temperature());
    }

    /** Param for the lower end of the stretch. */
    default DoubleParam lowerBound() {
        return Settings.number(this, "lowerBound", GateOptions.class, ParamValidators.lt(0));
    }

    default double getLowerBound() {
        return Settings.number(this, lowerBound());
    }

    /** Param for the upper end of the stretch. */
    default DoubleParam upperBound() {
        return Settings.number(this, "upperBound", GateOptions.class, ParamValidators.gt(1));
    }

    default double getUpperBound() {
        return Settings.number(this, upperBound());
    }

    /** Param for features that share a gate. */
    default Param<String> groups() {
        return new Param<>(
                this,
                "groups",
                "Features that share a gate, as {name = [feature, …], …}; every feature in exactly one group. Empty ({}): a"
                        + " gate for each feature");
    }

    default String getGroups() {
        return getOrDefault(groups());
    }

    /** Param for how the gates' probabilities become the penalty. */
    default Param<String> regReduction() {
        return Settings.choice(this, "regReduction", GateOptions.class, Reduction.class);
    }

    default String getRegReduction() {
        return getOrDefault(regReduction());
    }

    /** Param for what decides. */
    default Param<String> selectBy() {
        return Settings.choice(
                this,
                "selectBy",
                "What decides: ranking puts all features in an order, with no price to choose, and keeps as many as the rows"
                        + " say are of use; gates trains a network behind stochastic gates and keeps those that stay open;"
                        + " auto is gates where a param of gates (but for groups) or the threshold is set, and else ranking",
                List.of("auto", "ranking", "gates"));
    }

    default String getSelectBy() {
        return getOrDefault(selectBy());
    }

    /** Param for the value above which gates are kept. */
    default DoubleParam threshold() {
        return Settings.number(this, "threshold", SelectOptions.class, ParamValidators.inRange(0, 1, false, false));
    }

    default double getThreshold() {
        return Settings.number(this, threshold());
    }

    /** Param for how many gates are kept. */
    default IntParam topK() {
        return Settings.whole(this, "topK", SelectOptions.class, 0);
    }

    default int getTopK() {
        return Settings.whole(this, topK());
    }

    /** Param for the share of false features. */
    default DoubleParam fdr() {
        return Settings.number(this, "fdr", SelectOptions.class, ParamValidators.inRange(0, 1, true, false));
    }

    default double getFdr() {
        return Settings.number(this, fdr());
    }

    /** Param for the temperature by epoch. */
    default StringArrayParam temperatureSchedule() {
        return Settings.words(this, "temperatureSchedule", TrainOptions.class);
    }

    default String[] getTemperatureSchedule() {
        return getOrDefault(temperatureSchedule());
    }

    /** Sets the defaults. */
    default void setGateDefaults() {
        Settings.setDefaults(
                this,
                GateOptions.class,
                regWeight(),
                distribution(),
                std(),
                temperature(),
                lowerBound(),
                upperBound(),
                regReduction());
        Settings.setDefault(this, groups(), "{}");
        Settings.setDefault(this, selectBy(), "auto");
        Settings.setDefaults(this, SelectOptions.class, threshold(), topK(), fdr());
        Settings.setDefaults(this, TrainOptions.class, temperatureSchedule());
    }

    /** The gates that the params describe. */
    default GateOptions gateOptions() {
        return new GateOptions(
                Settings.constant(GateOptions.Distribution.class, getDistribution()),
                getRegWeight(),
                getStd(),
                getTemperature(),
                getLowerBound(),
                getUpperBound(),
                Settings.namedLists("groups", getGroups()),
                Settings.constant(Reduction.class, getRegReduction()));
    }

    private SelectOptions.By by() {
        if (!getSelectBy().equals("auto")) {
            return Settings.constant(SelectOptions.By.class, getSelectBy());
        }
        boolean ofGates = Stream.of(
                        regWeight(),
                        distribution(),
                        std(),
                        temperature(),
                        lowerBound(),
                        upperBound(),
                        regReduction(),
                        threshold(),
                        temperatureSchedule())
                .anyMatch(this::isSet);
        return ofGates ? SelectOptions.By.GATES : SelectOptions.By.RANKING;
    }

    /**
     * The decision that the params describe.
     *
     * @param finetuneEpochs of the network that sees what is kept
     */
    default SelectOptions selectOptions(int finetuneEpochs, double finetuneLearningRate) {
        return new SelectOptions(
                by(), getThreshold(), getTopK(), getFdr(), false, finetuneEpochs, finetuneLearningRate);
    }
}
