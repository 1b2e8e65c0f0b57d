package org.winnow.ml;

import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.winnow.data.DataOptions;
import org.winnow.data.Standardising;
import org.winnow.data.read.Invalid;
import org.winnow.train.TrainOptions;

/** Params that say what rows are, and how they become what a network learns from. */
public interface RowParams extends Params {
    /** Param for the column of features. */
    default Param<String> featuresCol() {
        return new Param<>(this, "featuresCol", "Column of the features, vectors");
    }

    default String getFeaturesCol() {
        return getOrDefault(featuresCol());
    }

    /** Param for the column of labels: which numbers they may be depends on what is learned. */
    Param<String> labelCol();

    default String getLabelCol() {
        return getOrDefault(labelCol());
    }

    /** Param for the column of weights. */
    default Param<String> weightCol() {
        return new Param<>(
                this,
                "weightCol",
                "Column of the weights of rows in the loss, numbers of at least 0; empty: all weigh the same");
    }

    default String getWeightCol() {
        return getOrDefault(weightCol());
    }

    /** Param for what becomes of rows that cannot be used. */
    default Param<String> handleInvalid() {
        return Settings.choice(
                this,
                "handleInvalid",
                "Rows with a missing or infinite number: error refuses them, skip leaves them out, keep fills features"
                        + " with their means over the training rows",
                Settings.names(Invalid.class));
    }

    default String getHandleInvalid() {
        return getOrDefault(handleInvalid());
    }

    /** Param for the key of every random draw. */
    default LongParam seed() {
        return new LongParam(this, "seed", Settings.doc(TrainOptions.class, "seed"));
    }

    default long getSeed() {
        return (Long) getOrDefault(seed());
    }

    /** Param for the number of logical shards. */
    default IntParam shards() {
        return new IntParam(
                this, "shards", Settings.doc(TrainOptions.class, "shards"), ParamValidators.inRange(0, 10_000));
    }

    default int getShards() {
        return Settings.whole(this, shards());
    }

    /** Param for how numbers become inputs. */
    default Param<String> standardise() {
        return Settings.choice(this, "standardise", DataOptions.class, Standardising.class);
    }

    default String getStandardise() {
        return getOrDefault(standardise());
    }

    /** Param for the share of rows that are held out. */
    default DoubleParam testFraction() {
        return new DoubleParam(
                this,
                "testFraction",
                Settings.doc(DataOptions.class, "testFraction"),
                ParamValidators.inRange(0, 1, true, false));
    }

    default double getTestFraction() {
        return Settings.number(this, testFraction());
    }

    /** Sets the defaults; a Dataset's owner has split it before, so that nothing is held out. */
    default void setRowDefaults() {
        Settings.setDefault(this, featuresCol(), "features");
        Settings.setDefault(this, labelCol(), "label");
        Settings.setDefault(this, weightCol(), "");
        Settings.setDefault(this, handleInvalid(), "error");
        Settings.setDefault(this, testFraction(), 0.0);
        Settings.setDefaults(this, TrainOptions.class, seed(), shards());
        Settings.setDefaults(this, DataOptions.class, standardise());
    }
}
