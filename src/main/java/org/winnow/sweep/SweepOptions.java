package org.winnow.sweep;

import static org.winnow.check.Check.atLeast;
import static org.winnow.check.Check.inside;
import static org.winnow.check.Check.that;

import com.typesafe.config.ConfigObject;
import org.winnow.model.Setting;

/** What is swept over, and how: the section {@code sweep}. */
public record SweepOptions(
        @Setting(
                value = "Job that is swept, select or prune; further keys are those of that job, which --help with"
                        + " sweep.job=prune lists",
                byDefault = "select")
        Job job,

        @Setting(
                value = "Keys of this job and what they take: a list, {from, to, count, scale = linear | log, whole} or"
                        + " {choice = [...]}. Lists are crossed with everything; ranges and choices are what the"
                        + " samplers draw from",
                byDefault = "{}")
        ConfigObject space,

        @Setting(
                value =
                        "How ranges and choices are covered: grid (count points, every choice), random, latin_hypercube",
                byDefault = "grid")
        Sampler sampler,

        @Setting(value = "Points that random and latin_hypercube draw", byDefault = "20")
        int samples,

        @Setting(value = "Key of those draws", byDefault = "1")
        long seed,

        @Setting(
                value =
                        "What is spread over the cores: whole trials, the data of one trial after the other, or auto: trials"
                                + " where the data takes at most 64 MB",
                byDefault = "auto")
        Parallel parallel,

        @Setting(
                value =
                        "Whether a trial starts from the solution of the one with the next lower price of open gates, or"
                                + " of a weight, all else equal",
                byDefault = "false")
        boolean warmStart,

        @Setting(value = "Epochs of a trial that has such a start, as a share of train.epochs", byDefault = "0.35")
        double warmStartEpochs,

        @Setting(
                value = "Early stopping of trials that others dominate in held-out metric and sparsity: none, asha or"
                        + " median",
                byDefault = "none")
        Stopping.Rule stop,

        @Setting(
                value =
                        "Rungs at which trials are compared; the last is at 1/reduction of all rounds, each before it at"
                                + " 1/reduction of the next",
                byDefault = "2")
        int rungs,

        @Setting(value = "Of how many trials asha lets one go on beyond a rung", byDefault = "3")
        int reduction,

        @Setting(
                value = "Search the price of open gates, or of a weight, by bisection between its lowest and highest"
                        + " value in the space: top_k:N, sparsity:SHARE or metric_drop:AMOUNT; empty: no search",
                byDefault = "\"\"")
        String target,

        @Setting(value = "Trials that a search may take, all else equal", byDefault = "8", unit = "trials")
        int targetSteps,

        @Setting(value = "More trials than this are refused", byDefault = "10000", unit = "trials")
        int maxTrials,

        @Setting(value = "More failed trials than this end the sweep", byDefault = "10", unit = "trials")
        int maxFailures,

        @Setting(value = "Whether trials that failed before are run again", byDefault = "false")
        boolean retryFailed,

        @Setting(
                value =
                        "Share of seeds that have to keep a feature for it to count as stable; with data.test_fraction=0.5"
                                + " the expected number of false ones is bounded",
                byDefault = "0.9")
        double stableFrequency) {

    /** What can be swept. */
    public enum Job {
        SELECT,
        PRUNE
    }

    /** How ranges and choices are covered. */
    public enum Sampler {
        GRID,
        RANDOM,
        LATIN_HYPERCUBE
    }

    /** What is spread over the cores. */
    public enum Parallel {
        AUTO,
        TRIALS,
        DATA
    }

    public SweepOptions {
        atLeast(1, samples, "samples");
        that(warmStartEpochs > 0 && warmStartEpochs <= 1, "warm_start_epochs", "in (0, 1]", warmStartEpochs);
        that(rungs >= 1 && rungs <= 10, "rungs", "in 1 .. 10", rungs);
        that(reduction >= 2 && reduction <= 10, "reduction", "in 2 .. 10", reduction);
        Target.of(target);
        atLeast(1, targetSteps, "target_steps");
        atLeast(1, maxTrials, "max_trials");
        atLeast(0, maxFailures, "max_failures");
        inside(0.5, 1 + Math.ulp(1.0), stableFrequency, "stable_frequency");
        boolean inOrder = warmStart || !target.isEmpty();
        that(
                !inOrder || stop == Stopping.Rule.NONE,
                "stop",
                "none with warm_start or target, where a training begins with what the one before it came to at its end",
                stop);
    }
}
