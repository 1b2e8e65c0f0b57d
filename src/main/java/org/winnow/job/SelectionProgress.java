package org.winnow.job;

import java.util.Map;
import java.util.Optional;
import org.winnow.report.Progress;
import org.winnow.select.FeatureSelection;
import org.winnow.select.RankingStep;
import org.winnow.train.Round;
import org.winnow.train.TrainingData;

/** Shows how far a selection is, and writes its rounds down. */
final class SelectionProgress implements FeatureSelection.Listener, AutoCloseable {
    private final Progress line = Progress.onStandardError();
    private final TrainingData data;
    private final ProgressFile file;
    private volatile RankingStep step = RankingStep.SCREEN;
    private Optional<Clock> clock = Optional.empty();

    SelectionProgress(TrainingData data, ProgressFile file) {
        this.data = data;
        this.file = file;
    }

    @Override
    public synchronized void ranking(RankingStep now) {
        step = now;
        if (clock.isEmpty()) {
            clock = Optional.of(new Clock(line, () -> "ranking  " + step.does()));
        }
    }

    @Override
    public synchronized void after(FeatureSelection.Phase phase, Round round, int openGates) {
        close();
        TrainingProgress.show(line, data, phase, round, "open " + openGates + "  ");
        file.add(phase, round, Map.of("open_gates", openGates), data.metric(round.heldOut()));
    }

    @Override
    public synchronized void close() {
        clock.ifPresent(Clock::close);
        clock = Optional.empty();
    }
}
