package org.winnow.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.winnow.model.GateResult;
import org.winnow.model.NetworkState;
import org.winnow.model.TrialResult;
import org.winnow.train.AveragingTrainer.Trained;

/**
 * A training and the trials decided on it: what a file of the ledger holds.
 *
 * @param version of this form
 * @param id hash of the configuration without what is decided after training, and of the data
 * @param status {@code done}, {@code stopped} or {@code failed}
 * @param warmStartFrom the training whose solution it started from; empty: none
 * @param loss mean loss of a training row in the last round, penalty included
 * @param parameters of the network, floats in big endian; none if it did not get to its end
 * @param gates of features, in their order; what each trial keeps is in its outcome
 * @param rungs how it stood where trials were compared
 * @param seconds of its training
 */
public record TrainingResult(
        int version,
        String id,
        String status,
        String warmStartFrom,
        double loss,
        byte[] parameters,
        List<GateResult> gates,
        List<Rung> rungs,
        List<RoundRow> rounds,
        double seconds,
        List<TrialOutcome> trials)
        implements Serializable {
    static final int VERSION = 3;

    static final String DONE = "done";
    static final String STOPPED = "stopped";
    static final String FAILED = "failed";

    /** One without parameters, gates or trials. */
    static TrainingResult bare(
            String id, String status, String warmStartFrom, List<Rung> rungs, List<RoundRow> rounds) {
        return new TrainingResult(
                VERSION, id, status, warmStartFrom, Double.NaN, new byte[0], List.of(), rungs, rounds, 0, List.of());
    }

    /** One that is done, without trials. */
    static TrainingResult done(
            Task<?> task, Trained trained, List<GateResult> gates, List<RoundRow> rounds, double seconds) {
        return new TrainingResult(
                VERSION,
                task.training(),
                DONE,
                task.warmStartFrom(),
                trained.loss(),
                trained.network().parameterBytes(),
                gates,
                task.rungs(),
                rounds,
                seconds,
                List.of());
    }

    float[] parameterValues() {
        return NetworkState.floats(parameters);
    }

    /** The same with further trials decided on it. */
    TrainingResult with(List<TrialOutcome> more) {
        List<TrialOutcome> all = new ArrayList<>(trials);
        all.addAll(more);
        return ofTrials(all);
    }

    /** The same without the trials that failed. */
    TrainingResult withoutFailed() {
        return ofTrials(trials.stream().filter(trial -> !trial.isFailed()).toList());
    }

    private TrainingResult ofTrials(List<TrialOutcome> others) {
        return new TrainingResult(
                version,
                id,
                status,
                warmStartFrom,
                loss,
                parameters,
                gates,
                rungs,
                rounds,
                seconds,
                List.copyOf(others));
    }

    /** The same for the driver's memory: without what only tables need, and with these of its trials. */
    TrainingResult brief(boolean withParameters, List<TrialOutcome> ofTrials) {
        return new TrainingResult(
                version,
                id,
                status,
                warmStartFrom,
                loss,
                withParameters ? parameters : new byte[0],
                List.of(),
                rungs,
                List.of(),
                seconds,
                ofTrials.stream().map(TrialOutcome::brief).toList());
    }

    /** The rows of the gates for a trial; none if it never got to judge them. */
    public List<GateResult> gatesOf(TrialOutcome trial) {
        TrialResult row = trial.row();
        return gates.stream()
                .map(gate -> gate.decided(row.trialId(), trial.selected().contains(gate.gate())))
                .toList();
    }
}
