package org.winnow.train;

import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.winnow.check.UserError;
import org.winnow.data.Shard;
import org.winnow.model.GateStatistics;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * Trains a network on shards by rounds: every shard takes the same number of minibatches from the same parameters, then
 * parameters and updater state are averaged, weighted by rows (McMahan et al. 2017, arXiv:1602.05629), and an outer
 * optimiser may make a step of the change ({@link Outer}). What takes the rounds is up to the {@link Shards}. The result
 * depends on the number of shards and not on what ran them, nor on whether training was stopped and resumed.
 */
public final class AveragingTrainer {
    /**
     * What training gives.
     *
     * @param loss mean loss of a training row in the last round, penalty included
     * @param heldOut judgement of the final parameters on the held-out rows
     * @param gates over shards, after the last round's steps and before their average
     * @param gatesOverRounds the same over shards and rounds, of which the latest weigh most ({@link GateStatistics})
     * @param paused where to go on from, if there are rounds left
     */
    public record Trained(
            NetworkState network,
            double loss,
            Score heldOut,
            GateStatistics gates,
            GateStatistics gatesOverRounds,
            Optional<Leg.Paused> paused) {}

    /** Steps are counted in an int, here and in DL4J. */
    private static final int MOST_STEPS = 1 << 30;

    private final Shards shards;
    private final NetworkState start;
    private final Head head;
    private final TrainOptions options;
    private final Run run;
    private final int batchesPerEpoch;
    private final int steps;
    private final int rounds;

    private AveragingTrainer(Shards shards, NetworkState start, Head head, TrainOptions options, Run run) {
        this.shards = shards;
        this.start = start;
        this.head = head;
        this.options = options;
        this.run = run;
        batchesPerEpoch = Batches.perEpoch(shards.mostRows(), options.batchSize());
        steps = steps(options.epochs(), batchesPerEpoch);
        rounds = (steps + options.averagingFrequency() - 1) / options.averagingFrequency();
    }

    /**
     * Trains, with the master that the options name.
     *
     * @throws UserError if loss or parameters stop being finite, or a checkpoint to resume from is not this run's
     */
    public static Trained fit(Shards shards, NetworkState start, Head head, TrainOptions options, Run run) {
        return fit(shards, start, head, options, run, Leg.WHOLE);
    }

    /** The same on shards one to a partition, in the order of their index. */
    public static Trained fit(JavaRDD<Shard> shards, NetworkState start, Head head, TrainOptions options, Run run) {
        return fit(Shards.onSpark(shards), start, head, options, run, Leg.WHOLE);
    }

    /** Trains for a part of all rounds; see {@link #fit(Shards, NetworkState, Head, TrainOptions, Run)}. */
    public static Trained fit(Shards shards, NetworkState start, Head head, TrainOptions options, Run run, Leg leg) {
        boolean dl4j = options.master() == TrainOptions.Master.DL4J;
        if (shards instanceof SparkShards onSpark) {
            try (JobGroup group = new JobGroup(onSpark.rdd().context(), run.name())) {
                return dl4j
                        ? Dl4jTrainer.fit(onSpark.rdd(), start, head, options, run, group)
                        : new AveragingTrainer(
                                        onSpark.wherever(start.parameters().length, options), start, head, options, run)
                                .fit(leg);
            }
        }
        if (dl4j) {
            throw new UserError("train.master: DL4J's master runs Spark jobs, which a trial within a task cannot;"
                    + " set sweep.parallel=data");
        }
        return shards instanceof DriverShards held
                ? held.inJob(run.name(), () -> new AveragingTrainer(held, start, head, options, run).fit(leg))
                : new AveragingTrainer(shards, start, head, options, run).fit(leg);
    }

    /** A network as it is, judged. */
    public static Trained untrained(Shards shards, NetworkState network, Head head) {
        Score heldOut = shards.judge(network, head);
        return new Trained(network, Double.NaN, heldOut, GateStatistics.NONE, GateStatistics.NONE, Optional.empty());
    }

    private Trained fit(Leg leg) {
        Optional<Checkpoints> checkpoints =
                Checkpoints.of(run.name(), options.checkpoint(), shards.ledByDriver(), run.hadoop());
        try {
            return fit(leg, checkpoints);
        } finally {
            checkpoints.ifPresent(Checkpoints::close);
        }
    }

    private Trained fit(Leg leg, Optional<Checkpoints> checkpoints) {
        RoundState begin = RoundState.start(start.parameters(), options.outer());
        RoundState state = leg.from().map(Leg.Paused::state).orElseGet(() -> resumed(begin, checkpoints));
        int last = leg.lastOf(rounds);
        Pace pace = new Pace(state.rounds(), rounds);
        Score heldOut = Score.NONE;
        int judgedAfter = 0;
        try (Interruption interruption = new Interruption(run.name(), checkpoints, shards.ledByDriver())) {
            while (state.rounds() < last && !stoppedEarly(state)) {
                boolean judge = state.rounds() % options.evaluateEvery() == 0;
                RoundMean mean = round(state, judge);
                RoundState next = state.after(mean, options);
                requireFinite(next, state, checkpoints);
                if (judge) {
                    heldOut = mean.heldOut();
                    judgedAfter = state.rounds();
                    next = options.patience() > 0 ? next.judged(state.parameters(), head.goodness(heldOut)) : next;
                }
                state = next;
                interruption.latest(state);
                RoundState done = state;
                checkpoints.ifPresent(kept -> kept.afterRound(done));
                pace.took(mean.samples());
                run.listener().after(report(state, heldOut, judgedAfter, pace));
            }
        }
        RoundState reached = state;
        checkpoints.ifPresent(kept -> kept.write(reached));
        float[] result = stoppedEarly(state) ? state.bestParameters() : state.parameters();
        NetworkState trained = new NetworkState(start.configuration(), result);
        boolean finished = state.rounds() == rounds || stoppedEarly(state);
        shards.describe(run.name() + ": judgement of the result");
        return new Trained(
                trained,
                state.loss(),
                shards.judge(trained, head),
                state.gates(),
                state.gatesOverRounds(),
                finished ? Optional.empty() : Optional.of(new Leg.Paused(state)));
    }

    private static int steps(int epochs, int batchesPerEpoch) {
        long steps = (long) epochs * batchesPerEpoch;
        if (steps > MOST_STEPS) {
            throw new UserError("train.epochs must be at most " + MOST_STEPS / batchesPerEpoch + " for "
                    + batchesPerEpoch + " minibatches an epoch, got " + epochs);
        }
        return (int) steps;
    }

    private RoundState resumed(RoundState begin, Optional<Checkpoints> checkpoints) {
        return switch (options.resume()) {
            case "never" -> begin;
            case "auto" -> latest(begin, checkpoints);
            // A trial trains several networks, and the checkpoint named is that of one of them.
            default ->
                run.isSiblingOf(new Path(options.resume()).getName())
                        ? latest(begin, checkpoints)
                        : Checkpoints.at(options.resume(), run.name(), begin, run.hadoop());
        };
    }

    private static RoundState latest(RoundState begin, Optional<Checkpoints> checkpoints) {
        return checkpoints.flatMap(kept -> kept.latest(begin)).orElse(begin);
    }

    private boolean stoppedEarly(RoundState state) {
        return options.patience() > 0 && state.sinceBest() >= options.patience();
    }

    private RoundMean round(RoundState state, boolean judge) {
        shards.describe(run.name() + ": round " + (state.rounds() + 1) + " of " + rounds);
        int firstStep = state.rounds() * options.averagingFrequency();
        RoundInput input = new RoundInput(
                start.configuration(),
                options,
                0,
                0,
                Packed.of(state.parameters()),
                state.updaterState(),
                firstStep,
                Math.min(options.averagingFrequency(), steps - firstStep),
                judge);
        return shards.round(input, head);
    }

    /** Stops before a state that is no use is kept. */
    private void requireFinite(RoundState next, RoundState lastGood, Optional<Checkpoints> checkpoints) {
        if (!finite(next.loss(), next.parameters())) {
            String kept = checkpoints
                    .map(all -> "the state before it is kept in " + all.write(lastGood))
                    .orElse("train.checkpoint.dir would keep the state before it");
            throw new UserError("training stopped in round " + next.rounds() + " (" + run.name()
                    + "): loss or parameters are no longer finite; lower train.learning_rate ("
                    + options.learningRate() + "); " + kept);
        }
    }

    static boolean finite(double loss, float[] parameters) {
        boolean finite = Double.isFinite(loss);
        for (float parameter : parameters) {
            finite &= Float.isFinite(parameter);
        }
        return finite;
    }

    private Round report(RoundState state, Score heldOut, int judgedAfter, Pace pace) {
        int stepsDone = Math.min(steps, state.rounds() * options.averagingFrequency());
        return new Round(
                state.rounds(),
                rounds,
                (stepsDone + batchesPerEpoch - 1) / batchesPerEpoch,
                state.loss(),
                heldOut,
                judgedAfter,
                pace.samplesPerSecond(),
                pace.seconds(),
                stoppedEarly(state) ? 0 : pace.secondsLeft(),
                state.rounds() == rounds || stoppedEarly(state),
                state.parameters());
    }
}
