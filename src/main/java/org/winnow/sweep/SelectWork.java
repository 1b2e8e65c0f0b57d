package org.winnow.sweep;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.winnow.model.GateResult;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.model.TrialResult;
import org.winnow.select.FeatureSelection;
import org.winnow.select.FeatureSelection.Listener;
import org.winnow.select.SelectOptions;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.TrainingData;

/** Sweeps the select job: the gates are trained once, and thresholds are decided on what they came to. */
public final class SelectWork implements Work<FeatureSelection.Options> {
    /** Trials that keep the same gates are tuned once. */
    private record Tuning(List<Integer> kept, int epochs, double learningRate) {}

    @Override
    public String pathKey() {
        return "gates.reg_weight";
    }

    @Override
    public List<String> decisionKeys() {
        return List.of("select.threshold", "select.top_k", "select.finetune_epochs", "select.finetune_learning_rate");
    }

    @Override
    public boolean isOfReference(String key) {
        return !key.startsWith("gates.") && !key.startsWith("select.");
    }

    @Override
    public void requirePossible(TrainingData data, FeatureSelection.Options options) {
        FeatureSelection.requirePossible(data, options);
    }

    @Override
    public Reference reference(TrainingData data, FeatureSelection.Options options, String name) {
        Score score = data.testRows() == 0
                ? Score.NONE
                : new FeatureSelection(data, options, Listener.SILENT).trainOnAll(name);
        return Reference.of(score, List.of());
    }

    @Override
    public Outcome train(TrainingData data, Task<FeatureSelection.Options> task, Reference reference) {
        long started = System.nanoTime();
        FeatureSelection selection = new FeatureSelection(data, task.options(), Listener.SILENT);
        List<RoundRow> rounds = new ArrayList<>(task.roundsBefore());
        Trained gated = selection.trainGates(
                task.training(),
                task.start(),
                task.leg(),
                (round, values) -> rounds.add(RoundRow.of(
                        round, data.metric(round.heldOut()), openGates(task, values), task.secondsBefore())));
        double seconds = task.secondsBefore() + (System.nanoTime() - started) * 1e-9;
        if (gated.paused().isPresent()) {
            Rung rung = rung(data, selection, gated, task, rounds);
            return Outcome.paused(new Stretch(gated.paused().get(), rung, rounds, seconds));
        }
        List<GateResult> gates =
                selection.gates(task.training(), gated, task.options().select());
        return Outcome.over(TrainingResult.done(task, gated, gates, rounds, seconds));
    }

    /** How many gates each trial would keep. */
    private static List<Integer> openGates(Task<FeatureSelection.Options> task, double... values) {
        return task.trials().stream()
                .map(trial -> open(values, trial.options().select()))
                .toList();
    }

    private static int open(double[] values, SelectOptions select) {
        return select.topK() > 0
                ? select.topK()
                : (int) Arrays.stream(values)
                        .filter(value -> value > select.threshold())
                        .count();
    }

    private static Rung rung(
            TrainingData data,
            FeatureSelection selection,
            Trained gated,
            Task<FeatureSelection.Options> task,
            List<RoundRow> rounds) {
        List<GateResult> gates =
                selection.gates(task.training(), gated, task.options().select());
        int kept = selection.keptFeatures(gates).size();
        int total = data.schema().features().size();
        double metric = data.metric(gated.heldOut());
        return new Rung(
                data.head().goodness(metric),
                metric,
                1 - (double) kept / total,
                kept,
                total,
                rounds.get(rounds.size() - 1).epoch());
    }

    @Override
    public Function<Trial<FeatureSelection.Options>, TrialOutcome> decision(
            TrainingData data, TrainingResult trained, Reference reference) {
        Map<Tuning, Optional<Score>> tuned = new HashMap<>();
        return trial -> decide(data, trained, trial, reference, tuned);
    }

    private static TrialOutcome decide(
            TrainingData data,
            TrainingResult trained,
            Trial<FeatureSelection.Options> trial,
            Reference reference,
            Map<Tuning, Optional<Score>> tuned) {
        long started = System.nanoTime();
        SelectOptions select = trial.options().select();
        FeatureSelection selection = new FeatureSelection(data, trial.options(), Listener.SILENT);
        NetworkState gated = selection.gated(trained.parameterValues());
        List<GateResult> gates = FeatureSelection.decide(trained.gates(), trial.id(), select);
        List<Integer> kept = gates.stream()
                .filter(GateResult::selected)
                .map(GateResult::gate)
                .toList();
        Optional<Score> score = tuned.computeIfAbsent(
                new Tuning(kept, select.finetuneEpochs(), select.finetuneLearningRate()),
                tuning -> kept.isEmpty()
                        ? Optional.empty()
                        : Optional.of(selection
                                .fineTune(trial.id(), gated, gates, select)
                                .heldOut()));
        double seconds = trained.seconds() + (System.nanoTime() - started) * 1e-9;
        TrialResult row =
                selection.trial(trial.id(), trial.params(), trained.loss(), gates, score, reference.score(), seconds);
        return new TrialOutcome(row, trial.replicates(), select.threshold(), kept, null);
    }

    @Override
    public TrialOutcome unfinished(
            TrainingData data, Trial<FeatureSelection.Options> trial, String status, List<Rung> rungs, String error) {
        Rung last = Rung.last(rungs);
        TrialResult row = FeatureSelection.unfinished(
                data,
                trial.options(),
                trial.id(),
                trial.params(),
                status,
                last.epochs(),
                last.metric(),
                last.kept(),
                error);
        return TrialOutcome.bare(
                row, trial.replicates(), trial.options().select().threshold());
    }
}
