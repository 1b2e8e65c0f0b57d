package org.winnow.sweep;

import java.io.Serializable;
import java.util.List;
import org.winnow.check.UserError;
import org.winnow.file.StorageFault;
import org.winnow.train.TrainingData;

/** How the trials of one job are run, on the driver or in a task: what a job brings to be swept. */
public interface Work<C extends Serializable> extends Serializable {
    /** The key along which a regularisation path runs: the price of what is kept. */
    String pathKey();

    /** First words of the keys that are decided after training, so that they need no training of their own. */
    List<String> decisionKeys();

    /** Whether the reference depends on a key. */
    boolean isOfReference(String key);

    /**
     * Requires that a trial can begin.
     *
     * @throws UserError if the options do not fit the data
     */
    void requirePossible(TrainingData data, C options);

    /** The dense network that trials are compared with. */
    Reference reference(TrainingData data, C options, String name);

    /** Trains, to the end or to the next comparison; the result of a training at its end has no trials yet. */
    Outcome train(TrainingData data, Task<C> task, Reference reference);

    /** Decides trials on a training that is done. */
    List<TrialOutcome> decide(TrainingData data, TrainingResult trained, List<Trial<C>> trials, Reference reference);

    /** What a trial came to that did not get to its end. */
    TrialOutcome unfinished(TrainingData data, Trial<C> trial, String status, List<Rung> rungs, String error);

    /** Does what a task says; what goes wrong with it is its outcome. */
    default Outcome run(TrainingData data, Task<C> task, Reference reference) {
        try {
            TrainingResult trained = task.trained();
            if (trained == null) {
                Outcome outcome = train(data, task, reference);
                trained = outcome.result();
                if (trained == null) {
                    return outcome;
                }
            }
            return Outcome.over(trained.with(decide(data, trained, task.trials(), reference)));
        } catch (RuntimeException e) {
            // A full disk says nothing of the trial: it has to be run again, and does not count as failed.
            if (StorageFault.in(e).isPresent()) {
                throw e;
            }
            return Outcome.failed(sentence(e));
        }
    }

    /** The first line of what went wrong; a user's error says it whole. */
    static String sentence(Throwable e) {
        return e instanceof UserError users
                ? users.getMessage()
                : e.toString().lines().findFirst().orElse("");
    }
}
