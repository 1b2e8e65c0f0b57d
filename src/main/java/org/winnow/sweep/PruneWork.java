package org.winnow.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.winnow.model.TrialResult;
import org.winnow.prune.DenseNetwork;
import org.winnow.prune.NetworkPruning;
import org.winnow.prune.NetworkPruning.Options;
import org.winnow.prune.NetworkPruning.Standing;
import org.winnow.prune.PruneListener;
import org.winnow.prune.PruneListener.Phase;
import org.winnow.prune.Pruned;
import org.winnow.surgery.MaskRecords;
import org.winnow.surgery.ServingCost;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.TrainingData;

/**
 * Sweeps the prune job. The dense network is the reference, trained once for all trials that share it; the stage that
 * makes sparse is a training; what is dropped and fine-tuned is decided on that.
 */
public final class PruneWork implements Work<Options> {
    private static final double SECONDS_MEASURED = 0.02;

    /** Keys of the stage that makes sparse, among those of the section train that all stages share. */
    private static final List<String> OF_MAKING_SPARSE =
            List.of("train.epochs", "train.learning_rate", "train.learning_rate_schedule", "train.penalty_schedule");

    @Override
    public String pathKey() {
        return "prune.reg_weight";
    }

    @Override
    public List<String> decisionKeys() {
        return List.of(
                "prune.thresholds",
                "prune.layer_thresholds",
                "prune.allow_empty",
                "prune.finetune_all",
                "prune.target_",
                "prune.search_",
                "prune.ablate",
                "finetune.");
    }

    @Override
    public boolean isOfReference(String key) {
        return key.equals("prune.rewind_epoch")
                || !(key.startsWith("prune.") || key.startsWith("finetune.") || OF_MAKING_SPARSE.contains(key));
    }

    @Override
    public void requirePossible(TrainingData data, Options options) {
        new NetworkPruning(data, options, "", Map.of(), PruneListener.SILENT);
    }

    @Override
    public Reference reference(TrainingData data, Options options, String name) {
        DenseNetwork dense = new NetworkPruning(data, options, name, Map.of(), PruneListener.SILENT).dense();
        return Reference.of(
                dense.score(), List.of(Reference.Network.of(dense.network()), Reference.Network.of(dense.early())));
    }

    private static DenseNetwork dense(Reference reference) {
        List<Reference.Network> networks = reference.networks();
        return new DenseNetwork(
                networks.get(0).state(), reference.score(), networks.get(1).state());
    }

    @Override
    public Outcome train(TrainingData data, Task<Options> task, Reference reference) {
        long started = System.nanoTime();
        List<RoundRow> rounds = new ArrayList<>(task.roundsBefore());
        NetworkPruning pruning = new NetworkPruning(data, task.options(), task.training(), Map.of(), (phase, round) -> {
            if (phase == Phase.SPARSIFYING) {
                rounds.add(RoundRow.of(round, data.metric(round.heldOut()), List.of(), task.secondsBefore()));
            }
        });
        if (!pruning.learns()) {
            return Outcome.over(TrainingResult.bare(
                    task.training(), TrainingResult.DONE, task.warmStartFrom(), List.of(), List.of()));
        }
        DenseNetwork dense = dense(reference);
        Trained sparse = pruning.sparsify(dense, task.start(), task.leg());
        double seconds = task.secondsBefore() + (System.nanoTime() - started) * 1e-9;
        if (sparse.paused().isPresent()) {
            Standing standing = pruning.standing(dense, sparse.network(), sparse.loss());
            Rung rung = rung(data, task.options(), standing, rounds);
            return Outcome.paused(new Stretch(sparse.paused().get(), rung, rounds, seconds));
        }
        return Outcome.over(TrainingResult.done(task, sparse, List.of(), rounds, seconds));
    }

    private static Rung rung(TrainingData data, Options options, Standing standing, List<RoundRow> rounds) {
        return new Rung(
                data.head().goodness(standing.metric()),
                standing.metric(),
                standing.sparsity(),
                standing.kept(),
                standing.total(),
                options.dense().epochs() + rounds.get(rounds.size() - 1).epoch());
    }

    @Override
    public Function<Trial<Options>, TrialOutcome> decision(
            TrainingData data, TrainingResult trained, Reference reference) {
        DenseNetwork dense = dense(reference);
        return trial -> decide(data, trained, trial, dense);
    }

    private static TrialOutcome decide(
            TrainingData data, TrainingResult trained, Trial<Options> trial, DenseNetwork dense) {
        long started = System.nanoTime() - (long) (trained.seconds() * 1e9);
        NetworkPruning pruning =
                new NetworkPruning(data, trial.options(), trial.id(), trial.params(), PruneListener.SILENT);
        if (pruning.learns()) {
            pruning.sparsified(dense, trained.parameterValues(), trained.loss());
        }
        Pruned pruned = pruning.prune(dense, started);
        ServingCost cost = ServingCost.of(pruned.masked(), data.schema().inputs(), SECONDS_MEASURED);
        NetworkOutcome network = new NetworkOutcome(
                pruned.relevance(),
                pruned.masks().stream()
                        .flatMap(at -> MaskRecords.of(trial.id(), at.threshold(), at.masks()).stream())
                        .toList(),
                pruned.ablations(),
                cost.flops(),
                cost.latencyMicros());
        double threshold = pruned.masks().get(0).threshold();
        return new TrialOutcome(pruned.trial(), trial.replicates(), threshold, List.of(), network);
    }

    @Override
    public TrialOutcome unfinished(
            TrainingData data, Trial<Options> trial, String status, List<Rung> rungs, String error) {
        Rung last = Rung.last(rungs);
        TrialResult row = NetworkPruning.unfinished(
                data,
                trial.options(),
                trial.id(),
                trial.params(),
                status,
                last.epochs(),
                new Standing(last.metric(), last.sparsity(), last.kept(), last.total()),
                error);
        return TrialOutcome.bare(
                row, trial.replicates(), trial.options().prune().firstThreshold());
    }
}
