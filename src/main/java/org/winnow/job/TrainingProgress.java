package org.winnow.job;

import java.util.Locale;
import org.winnow.report.Progress;
import org.winnow.train.Round;
import org.winnow.train.TrainingData;

/** The line that a job shows after every round of training. */
final class TrainingProgress {
    private TrainingProgress() {}

    /**
     * Shows a round.
     *
     * @param phase what is being trained
     * @param detail what else there is to say, two spaces after it; or nothing
     */
    static void show(Progress progress, TrainingData data, Enum<?> phase, Round round, String detail) {
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
                data.metric(round.heldOut()),
                left,
                round.samplesPerSecond());
        progress.show(line, shorter, round.last());
    }

    private static String heldOut(TrainingData data, Round round) {
        if (round.heldOut().rows() == 0) {
            return data.testRows() == 0 ? "no held-out rows" : "held-out rows not judged yet";
        }
        String format = data.head().regression() ? "held-out mse %.4g" : "held-out accuracy %.4f";
        return String.format(Locale.ROOT, format + " at round %d", data.metric(round.heldOut()), round.judgedAfter());
    }
}
