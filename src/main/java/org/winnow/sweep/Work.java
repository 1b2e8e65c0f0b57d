package org.winnow.sweep;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.winnow.check.UserError;
import org.winnow.file.StorageFault;
import org.winnow.train.TrainingData;

/** How the trials of one job are run, on the driver or in a task: what a job brings to be swept. */
public interface Work<C extends Serializable> extends Serializable {
    /** Exceptions may cause one another. */
    int MOST_CAUSES = 20;

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

    /** What decides trials, one after the other, on a training that is done. */
    Function<Trial<C>, TrialOutcome> decision(TrainingData data, TrainingResult trained, Reference reference);

    /** What a trial came to that did not get to its end. */
    TrialOutcome unfinished(TrainingData data, Trial<C> trial, String status, List<Rung> rungs, String error);

    /** Does what a task says; what goes wrong with it is its outcome, what goes wrong with one of its trials that trial's. */
    default Outcome run(TrainingData data, Task<C> task, Reference reference) {
        try {
            List<Trial<C>> trials = possibleFirst(data, task.trials());
            TrainingResult trained = task.trained();
            if (trained == null) {
                Outcome outcome = train(data, task.withTrials(trials), reference);
                trained = outcome.result();
                if (trained == null) {
                    return outcome;
                }
            }
            return Outcome.over(trained.with(decided(data, trained, trials, reference)));
        } catch (RuntimeException e) {
            // A full disk says nothing of the trial: it has to be run again, and does not count as failed.
            if (StorageFault.in(e).isPresent()) {
                throw e;
            }
            return Outcome.failed(sentence(e));
        }
    }

    /** The trials from the first one on that can begin, as that says how to train; then those before it. */
    private List<Trial<C>> possibleFirst(TrainingData data, List<Trial<C>> trials) {
        int first = IntStream.range(0, trials.size())
                .filter(i -> isPossible(data, trials.get(i).options()))
                .findFirst()
                .orElse(0);
        List<Trial<C>> turned = new ArrayList<>(trials);
        Collections.rotate(turned, -first);
        return turned;
    }

    /** Whether a trial can begin; one that cannot fails where it is decided, and says why. */
    default boolean isPossible(TrainingData data, C options) {
        try {
            requirePossible(data, options);
            return true;
        } catch (UserError e) {
            return false;
        }
    }

    private List<TrialOutcome> decided(
            TrainingData data, TrainingResult trained, List<Trial<C>> trials, Reference reference) {
        Function<Trial<C>, TrialOutcome> decision = decision(data, trained, reference);
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (Trial<C> trial : trials) {
            try {
                outcomes.add(decision.apply(trial));
            } catch (RuntimeException e) {
                outcomes.add(unfinished(data, trial, TrainingResult.FAILED, trained.rungs(), sentence(e)));
            }
        }
        return outcomes;
    }

    /** The first line of what went wrong; a user's error, wherever it is among the causes, says it whole. */
    static String sentence(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .filter(UserError.class::isInstance)
                .map(Throwable::getMessage)
                .findFirst()
                .orElse(e.toString().lines().findFirst().orElse(""));
    }
}
