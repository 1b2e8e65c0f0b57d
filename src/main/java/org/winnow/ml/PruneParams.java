package org.winnow.ml;

import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.operator.Unit;
import org.winnow.prune.Method;
import org.winnow.prune.PruneOptions;
import org.winnow.prune.SearchBy;
import org.winnow.sparsifier.Ablation;

/** Params of how a network is made sparse, and of what is decided. */
public interface PruneParams extends Params {
    /** Param for how layers are made sparse. */
    default Param<String> method() {
        return Settings.choice(this, "method", PruneOptions.class, Method.class);
    }

    default String getMethod() {
        return getOrDefault(method());
    }

    /** Param for which layers are. */
    default StringArrayParam prunedLayers() {
        return Settings.words(this, "prunedLayers", PruneOptions.class, "layers");
    }

    default String[] getPrunedLayers() {
        return getOrDefault(prunedLayers());
    }

    /** Param for other methods by layer. */
    default Param<String> layerMethods() {
        return new Param<>(this, "layerMethods", Settings.doc(PruneOptions.class, "layerMethods"));
    }

    default String getLayerMethods() {
        return getOrDefault(layerMethods());
    }

    /** Param for what masks drop as one. */
    default Param<String> unit() {
        return Settings.choice(this, "unit", PruneOptions.class, Unit.class);
    }

    default String getUnit() {
        return getOrDefault(unit());
    }

    /** Param for the price of a weight. */
    default DoubleParam regWeight() {
        return Settings.number(this, "regWeight", PruneOptions.class, ParamValidators.gtEq(0));
    }

    default double getRegWeight() {
        return Settings.number(this, regWeight());
    }

    /** Param for factors of it by layer. */
    default StringArrayParam layerRegWeights() {
        return Settings.words(this, "layerRegWeights", PruneOptions.class);
    }

    default String[] getLayerRegWeights() {
        return getOrDefault(layerRegWeights());
    }

    /** Param for where parameters of a method start. */
    default StringArrayParam initial() {
        return Settings.words(this, "initial", PruneOptions.class);
    }

    default String[] getInitial() {
        return getOrDefault(initial());
    }

    /** Param for the last temperature of gates. */
    default DoubleParam temperatureFactor() {
        return Settings.number(this, "temperatureFactor", PruneOptions.class, ParamValidators.gtEq(0));
    }

    default double getTemperatureFactor() {
        return Settings.number(this, temperatureFactor());
    }

    /** Param for the thresholds of relevance. */
    default DoubleArrayParam pruneThresholds() {
        return new DoubleArrayParam(this, "pruneThresholds", Settings.doc(PruneOptions.class, "thresholds"));
    }

    default double[] getPruneThresholds() {
        return getOrDefault(pruneThresholds());
    }

    /** Param for others by layer. */
    default StringArrayParam layerThresholds() {
        return Settings.words(this, "layerThresholds", PruneOptions.class);
    }

    default String[] getLayerThresholds() {
        return getOrDefault(layerThresholds());
    }

    /** Param for whether layers may lose all weights. */
    default BooleanParam allowEmpty() {
        return new BooleanParam(
                this,
                "allowEmpty",
                Settings.doc(PruneOptions.class, "allowEmpty")
                        + "; then predictions are the same for all rows, and a search over prices goes on. false: the fit"
                        + " ends");
    }

    default boolean getAllowEmpty() {
        return Settings.flag(this, allowEmpty());
    }

    /** Param for whether all thresholds are fine-tuned. */
    default BooleanParam finetuneAll() {
        return Settings.flag(this, "finetuneAll", PruneOptions.class);
    }

    default boolean getFinetuneAll() {
        return Settings.flag(this, finetuneAll());
    }

    /** Param for the steps of magnitude. */
    default IntParam steps() {
        return Settings.whole(this, "steps", PruneOptions.class, 1);
    }

    default int getSteps() {
        return Settings.whole(this, steps());
    }

    /** Param for how sparsity grows over them. */
    default Param<String> pace() {
        return Settings.choice(this, "pace", PruneOptions.class, PruneOptions.Pace.class);
    }

    default String getPace() {
        return getOrDefault(pace());
    }

    /** Param for what weights go back to after them. */
    default IntParam rewindEpoch() {
        return Settings.whole(this, "rewindEpoch", PruneOptions.class, -1);
    }

    default int getRewindEpoch() {
        return Settings.whole(this, rewindEpoch());
    }

    /** Param for the sparsity to look for. */
    default DoubleParam targetSparsity() {
        return Settings.number(this, "targetSparsity", PruneOptions.class, ParamValidators.inRange(0, 1, true, false));
    }

    default double getTargetSparsity() {
        return Settings.number(this, targetSparsity());
    }

    /** Param for the loss of metric to look for. */
    default DoubleParam targetMetricDrop() {
        return Settings.number(this, "targetMetricDrop", PruneOptions.class, ParamValidators.gtEq(-1));
    }

    default double getTargetMetricDrop() {
        return Settings.number(this, targetMetricDrop());
    }

    /** Param for what a search varies. */
    default Param<String> searchBy() {
        return Settings.choice(this, "searchBy", PruneOptions.class, SearchBy.class);
    }

    default String getSearchBy() {
        return getOrDefault(searchBy());
    }

    /** Param for how often it tries. */
    default IntParam searchTries() {
        return Settings.whole(this, "searchTries", PruneOptions.class, 1);
    }

    default int getSearchTries() {
        return Settings.whole(this, searchTries());
    }

    /** Param for what is taken out to see what is left. */
    default Param<String> ablate() {
        return Settings.choice(this, "ablate", PruneOptions.class, Ablation.Kind.class);
    }

    default String getAblate() {
        return getOrDefault(ablate());
    }

    /** Param for how often it is drawn. */
    default IntParam ablateRepeats() {
        return Settings.whole(this, "ablateRepeats", PruneOptions.class, 1);
    }

    default int getAblateRepeats() {
        return Settings.whole(this, ablateRepeats());
    }

    /** Sets the defaults. */
    default void setPruneDefaults() {
        Settings.setDefault(this, prunedLayers(), PruneOptions.class, "layers");
        Settings.setDefault(this, pruneThresholds(), PruneOptions.class, "thresholds");
        Settings.setDefault(this, allowEmpty(), true);
        Settings.setDefaults(
                this,
                PruneOptions.class,
                method(),
                layerMethods(),
                unit(),
                regWeight(),
                layerRegWeights(),
                initial(),
                temperatureFactor(),
                layerThresholds(),
                finetuneAll(),
                steps(),
                pace(),
                rewindEpoch(),
                targetSparsity(),
                targetMetricDrop(),
                searchBy(),
                searchTries(),
                ablate(),
                ablateRepeats());
    }

    /** The pruning that the params describe. */
    default PruneOptions pruneOptions() {
        return Words.ofSection(
                "prune",
                () -> new PruneOptions(
                        Settings.constant(Method.class, getMethod()),
                        List.of(getPrunedLayers()),
                        Settings.namedLists("layerMethods", getLayerMethods()),
                        Settings.constant(Unit.class, getUnit()),
                        getRegWeight(),
                        List.of(getLayerRegWeights()),
                        List.of(getInitial()),
                        getTemperatureFactor(),
                        DoubleStream.of(getPruneThresholds()).boxed().toList(),
                        List.of(getLayerThresholds()),
                        getAllowEmpty(),
                        getFinetuneAll(),
                        getSteps(),
                        Settings.constant(PruneOptions.Pace.class, getPace()),
                        getRewindEpoch(),
                        getTargetSparsity(),
                        getTargetMetricDrop(),
                        Settings.constant(SearchBy.class, getSearchBy()),
                        getSearchTries(),
                        Settings.constant(Ablation.Kind.class, getAblate()),
                        getAblateRepeats()));
    }
}
