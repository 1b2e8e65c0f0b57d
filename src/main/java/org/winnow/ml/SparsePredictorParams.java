package org.winnow.ml;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.prune.NetworkPruning;
import org.winnow.train.ArchitectureOptions;

/** Params of a network that is made sparse and predicts. */
public interface SparsePredictorParams extends TrainingParams, StageParams, PruneParams {
    /** Param for the column of predictions, numbers; empty: none. */
    Param<String> predictionCol();

    String getPredictionCol();

    /** Param for the layers between input and output. */
    default StringArrayParam layers() {
        return Settings.words(this, "layers", ArchitectureOptions.class);
    }

    default String[] getLayers() {
        return getOrDefault(layers());
    }

    /** Param for the axes of a row that is an image. */
    default IntArrayParam image() {
        return new IntArrayParam(this, "image", Settings.doc(ArchitectureOptions.class, "image"));
    }

    default int[] getImage() {
        return getOrDefault(image());
    }

    /** Param for whether numbers are complex. */
    default BooleanParam complex() {
        return Settings.flag(this, "complex", ArchitectureOptions.class);
    }

    default boolean getComplex() {
        return Settings.flag(this, complex());
    }

    /** Sets the defaults. */
    default void setPredictorDefaults() {
        setTrainingDefaults();
        setStageDefaults();
        setPruneDefaults();
        Settings.setDefault(this, predictionCol(), "prediction");
        Settings.setDefaults(this, ArchitectureOptions.class, layers(), image(), complex());
    }

    /** Everything that the params describe. */
    default NetworkPruning.Options pruningOptions() {
        ArchitectureOptions network = Words.ofSection(
                "network",
                () -> new ArchitectureOptions(
                        List.of(getLayers()),
                        IntStream.of(getImage()).boxed().toList(),
                        activationOption(),
                        getComplex(),
                        ""));
        return new NetworkPruning.Options(
                network, null, denseOptions(), trainOptions(), pruneOptions(), finetuneOptions());
    }
}
