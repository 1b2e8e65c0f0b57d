package org.winnow.job;

import java.util.Locale;
import org.winnow.data.LoadedData;
import org.winnow.data.Task;
import org.winnow.model.Score;
import org.winnow.report.Progress;
import org.winnow.train.Round;

/** The line that a job shows after every round of training. */
final class TrainingProgress {
    private TrainingProgress() {}

    /**
     * Shows a round.
     *
     * @param phase what is being trained
     * @param detail what else there is to say, two spaces after it; or nothing
     */
    static void show(Progress progress, LoadedData data, Enum<?> phase, Round round, String detail) {
        String name = phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
        String left = Progress.duration(round.secondsLeft());
        String line = String.format(
                Locale.ROOT,
                "%-12s round %d/%d  epoch %d  loss %.4f  %s%s  %.0f samples/s  %s left",
                name,
                round.number(),
                round.of(),
                round.epoch(),
                round.loss(),
                detail,
                heldOut(data, round),
                round.samplesPerSecond(),
                left);
        String shorter = String.format(
                Locale.ROOT,
                "%s %d/%d loss %.4f %sheld-out %.4g %s left %.0f/s",
                name,
                round.number(),
                round.of(),
                round.loss(),
                detail.replace("  ", " "),
                metric(data, round.heldOut()),
                left,
                round.samplesPerSecond());
        progress.show(line, shorter, round.last());
    }

    private static String heldOut(LoadedData data, Round round) {
        if (round.heldOut().rows() == 0) {
            return data.testRows() == 0 ? "no held-out rows" : "held-out rows not judged yet";
        }
        String format = data.schema().task() == Task.REGRESSION ? "held-out mse %.4g" : "held-out accuracy %.4f";
        return String.format(Locale.ROOT, format + " at round %d", metric(data, round.heldOut()), round.judgedAfter());
    }

    /** Accuracy, or the mean squared error in units of the label. */
    static double metric(LoadedData data, Score score) {
        double scale = data.encoder().targetScale();
        return data.schema().task() == Task.REGRESSION ? score.meanLoss() * scale * scale : score.accuracy();
    }
}
