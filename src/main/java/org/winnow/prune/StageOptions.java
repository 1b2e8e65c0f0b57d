package org.winnow.prune;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.positive;

import java.io.Serializable;
import java.util.List;
import org.winnow.model.Setting;
import org.winnow.train.Schedule;

/** A stage of training besides the one that makes sparse: what a section {@code dense} or {@code finetune} says. */
public record StageOptions(
        @Setting(value = "Passes over the training rows; 0: the stage is left out", byDefault = "50")
        int epochs,

        @Setting(value = "Step size of Adam", byDefault = "0.001")
        double learningRate,

        @Setting(value = "Factor of the step size by epoch, as [0:1, 50:0]; empty: always 1", byDefault = "[]")
        List<String> learningRateSchedule)
        implements Serializable {

    public StageOptions {
        atLeast(0, epochs, "epochs");
        positive(learningRate, "learning_rate");
        learningRateSchedule = List.copyOf(learningRateSchedule);
        Schedule.of("learning_rate_schedule", learningRateSchedule);
    }
}
