package org.winnow.ml;

import java.util.List;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;
import org.apache.spark.ml.param.StringArrayParam;
import org.winnow.prune.StageOptions;

/** Params of the stages of training besides the one that makes sparse. */
public interface StageParams extends Params {
    /** Param for the epochs of the stage before the one that makes sparse. */
    default IntParam denseEpochs() {
        return Settings.whole(this, "denseEpochs", StageOptions.class, "epochs", 0);
    }

    default int getDenseEpochs() {
        return Settings.whole(this, denseEpochs());
    }

    /** Param for the step size of the stage before the one that makes sparse. */
    default DoubleParam denseLearningRate() {
        return Settings.number(this, "denseLearningRate", StageOptions.class, "learningRate", ParamValidators.gt(0));
    }

    default double getDenseLearningRate() {
        return Settings.number(this, denseLearningRate());
    }

    /** Param for the step size by epoch of the stage before the one that makes sparse. */
    default StringArrayParam denseLearningRateSchedule() {
        return Settings.words(this, "denseLearningRateSchedule", StageOptions.class, "learningRateSchedule");
    }

    default String[] getDenseLearningRateSchedule() {
        return getOrDefault(denseLearningRateSchedule());
    }

    /** Param for the epochs of fine-tuning. */
    default IntParam finetuneEpochs() {
        return Settings.whole(this, "finetuneEpochs", StageOptions.class, "epochs", 0);
    }

    default int getFinetuneEpochs() {
        return Settings.whole(this, finetuneEpochs());
    }

    /** Param for the step size of fine-tuning. */
    default DoubleParam finetuneLearningRate() {
        return Settings.number(this, "finetuneLearningRate", StageOptions.class, "learningRate", ParamValidators.gt(0));
    }

    default double getFinetuneLearningRate() {
        return Settings.number(this, finetuneLearningRate());
    }

    /** Param for the step size by epoch of fine-tuning. */
    default StringArrayParam finetuneLearningRateSchedule() {
        return Settings.words(this, "finetuneLearningRateSchedule", StageOptions.class, "learningRateSchedule");
    }

    default String[] getFinetuneLearningRateSchedule() {
        return getOrDefault(finetuneLearningRateSchedule());
    }

    /** Sets the defaults. */
    default void setStageDefaults() {
        Settings.setDefault(this, denseEpochs(), StageOptions.class, "epochs");
        Settings.setDefault(this, denseLearningRate(), StageOptions.class, "learningRate");
        Settings.setDefault(this, denseLearningRateSchedule(), StageOptions.class, "learningRateSchedule");
        Settings.setDefault(this, finetuneEpochs(), StageOptions.class, "epochs");
        Settings.setDefault(this, finetuneLearningRate(), StageOptions.class, "learningRate");
        Settings.setDefault(this, finetuneLearningRateSchedule(), StageOptions.class, "learningRateSchedule");
    }

    /** The stage of dense training that the params describe. */
    default StageOptions denseOptions() {
        return Words.ofSection(
                "dense",
                () -> new StageOptions(
                        getDenseEpochs(), getDenseLearningRate(), List.of(getDenseLearningRateSchedule())));
    }

    /** The stage of fine-tuning that the params describe. */
    default StageOptions finetuneOptions() {
        return Words.ofSection(
                "finetune",
                () -> new StageOptions(
                        getFinetuneEpochs(), getFinetuneLearningRate(), List.of(getFinetuneLearningRateSchedule())));
    }
}
