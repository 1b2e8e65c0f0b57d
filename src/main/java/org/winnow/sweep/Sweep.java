package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import java.io.Serializable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.Shown;
import org.winnow.check.UserError;
import org.winnow.data.DataOptions;
import org.winnow.data.LoadedData;
import org.winnow.file.StorageFault;
import org.winnow.train.TrainingData;

/**
 * Runs the trials of a space: those that the ledger does not have, each on a core of its own or spread over all. What is
 * over is in the ledger at once. Results do not depend on how trials are spread, nor on whether the sweep was stopped.
 */
public final class Sweep<C extends Serializable> {
    private final SparkSession spark;
    private final SweepOptions options;
    private final Work<C> work;
    private final Naming<C> naming;
    private final DataPool pool;
    private final Runner<C> runner;
    private final Ledger ledger;
    private final Agenda agenda;
    private final Tally tally;

    /**
     * What a sweep is made of.
     *
     * @param job that is swept, by name
     * @param place of the ledger
     * @param work runs a trial
     * @param configure reads and checks the configuration of a point
     * @param reader of its data
     */
    public record Setup<C extends Serializable>(
            String job,
            String place,
            SweepOptions options,
            Work<C> work,
            Function<Map<String, ConfigValue>, Configured<C>> configure,
            Reader reader) {}

    /** Reads data for trials. */
    public interface Reader {
        /** Rows in so many shards, split by a seed. */
        LoadedData read(DataOptions options, int shards, long seed);
    }

    private Sweep(
            SparkSession spark,
            Setup<C> setup,
            Plan plan,
            DataPool pool,
            Ledger ledger,
            SweepProgress.Listener listener) {
        this.spark = spark;
        this.pool = pool;
        this.ledger = ledger;
        options = setup.options();
        work = setup.work();
        naming = new Naming<>(setup);
        runner = new Runner<>(spark, work, pool, ledger);
        agenda = new Agenda(plan.chains(), new Stopping(options.stop(), options.rungs(), options.reduction()));
        tally = new Tally(plan.trials(), listener);
    }

    /**
     * Runs what is missing.
     *
     * @throws UserError if space, configuration, data or ledger are wrong, before anything has run; or if too many
     *     trials fail
     */
    public static <C extends Serializable> void run(
            SparkSession spark, Setup<C> setup, SweepProgress.Listener listener) {
        SweepOptions options = setup.options();
        Plan plan = Plan.of(options, setup.work());
        if (plan.trials() > options.maxTrials()) {
            throw new UserError("sweep.max_trials is " + options.maxTrials() + ", and the space has " + plan.trials()
                    + " trials; make it smaller or raise the limit");
        }
        try (DataPool pool = new DataPool(spark, options.parallel(), setup.reader())) {
            new Admission<>(setup, pool).check(plan.points());
            pool.notes().forEach(note -> System.err.println(Shown.plain(note)));
            pool.warnings().forEach(warning -> System.err.println("warning: " + Shown.plain(warning)));
            try (Ledger ledger = Ledger.open(
                    setup.place(),
                    setup.job(),
                    pool.fingerprints(),
                    spark.sparkContext().hadoopConfiguration())) {
                new Sweep<>(spark, setup, plan, pool, ledger, listener).runAll();
            }
        }
    }

    private void runAll() {
        int threads = pool.isSent() ? Math.max(1, spark.sparkContext().defaultParallelism()) : 1;
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            ExecutorCompletionService<Boolean> ends = new ExecutorCompletionService<>(workers);
            for (int i = 0; i < threads; i++) {
                Future<Boolean> unused = ends.submit(this::work);
            }
            for (int i = 0; i < threads; i++) {
                ends.take().get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UserError users) {
                throw users;
            }
            throw new IllegalStateException("the sweep ended early: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } finally {
            agenda.cancel();
            workers.shutdownNow();
        }
    }

    private boolean work() throws InterruptedException {
        for (Optional<Agenda.Step> step = agenda.take(); step.isPresent(); step = agenda.take()) {
            take(step.get());
        }
        return true;
    }

    private void take(Agenda.Step step) {
        Link link = step.link();
        List<Configured<C>> configured = naming.configured(link);
        String dataKey = DataPool.key(configured.get(0));
        TrainingData data = pool.data(dataKey);
        List<Trial<C>> trials = configured.stream()
                .map(one -> naming.trial(link, one, data.fingerprint()))
                .toList();
        String training = naming.training(link, configured.get(0), data.fingerprint());
        Optional<TrainingResult> known = known(training);
        List<Trial<C>> missing = missing(trials, known);
        if (missing.isEmpty() && known.isPresent()) {
            tally.over(outcomes(known.get(), trials), true, 0);
            agenda.over(step, brief(known.get(), trials));
            return;
        }
        tally.began(missing.size());
        Outcome outcome = outcome(step, dataKey, training, missing, known);
        if (outcome.paused() != null) {
            tally.paused(missing.size());
            agenda.paused(step, outcome.paused());
        } else if (outcome.result() != null) {
            TrainingResult result = outcome.result();
            ledger.write(result);
            known.ifPresent(found -> tally.over(outcomes(found, trials), true, 0));
            requireFewFailures(tally.over(outcomes(result, missing), false, missing.size()), result);
            agenda.over(step, brief(result, trials));
        }
    }

    /** What the ledger has of a training; without what has failed, if that is to be run again. */
    private Optional<TrainingResult> known(String training) {
        Optional<TrainingResult> found = ledger.training(training);
        return options.retryFailed()
                ? found.filter(result -> !result.status().equals(TrainingResult.FAILED))
                        .map(TrainingResult::withoutFailed)
                : found;
    }

    private TrainingResult brief(TrainingResult result, List<Trial<C>> trials) {
        return result.brief(options.warmStart(), outcomes(result, trials));
    }

    private static <C> List<Trial<C>> missing(List<Trial<C>> trials, Optional<TrainingResult> known) {
        Set<String> there = new HashSet<>();
        known.ifPresent(
                result -> result.trials().forEach(trial -> there.add(trial.row().trialId())));
        return trials.stream().filter(trial -> !there.contains(trial.id())).toList();
    }

    /** What these trials came to, in their order. */
    private static <C> List<TrialOutcome> outcomes(TrainingResult result, List<Trial<C>> trials) {
        Map<String, TrialOutcome> byId = new HashMap<>();
        result.trials().forEach(outcome -> byId.put(outcome.row().trialId(), outcome));
        return trials.stream()
                .map(trial -> byId.get(trial.id()))
                .flatMap(Stream::ofNullable)
                .toList();
    }

    /** Does a step; whatever goes wrong with a trial is its result. */
    private Outcome outcome(
            Agenda.Step step, String dataKey, String training, List<Trial<C>> trials, Optional<TrainingResult> known) {
        String from = step.link().from().map(TrainingResult::id).orElse("");
        TrainingData data = pool.data(dataKey);
        if (known.filter(result -> result.status().equals(TrainingResult.STOPPED))
                .isPresent()) {
            TrainingResult ended = known.get();
            String error = ended.trials().get(0).row().error();
            return Outcome.over(ended.with(unfinished(data, trials, ended.status(), ended.rungs(), error)));
        }
        if (agenda.isDoomed(step)) {
            List<RoundRow> rounds =
                    step.paused() == null ? List.of() : step.paused().rounds();
            TrainingResult ended = TrainingResult.bare(training, TrainingResult.STOPPED, from, step.rungs(), rounds);
            return Outcome.over(ended.with(unfinished(data, trials, ended.status(), ended.rungs(), "")));
        }
        // One that failed is tried anew for the trials that it did not fail with.
        Optional<TrainingResult> done = known.filter(result -> result.status().equals(TrainingResult.DONE));
        Outcome outcome = attempt(step, dataKey, training, trials, done);
        if (outcome.hasFailures() && isStopping()) {
            throw new IllegalStateException("stopped: " + outcome.error());
        }
        if (outcome.error() == null) {
            TrainingResult now = outcome.result();
            return now == null || done.isPresent()
                    ? outcome
                    : Outcome.over(now.with(known.map(TrainingResult::trials).orElse(List.of())));
        }
        // A training that was done stays so, whatever becomes of further trials on it.
        TrainingResult failed = known.orElseGet(
                () -> TrainingResult.bare(training, TrainingResult.FAILED, from, step.rungs(), List.of()));
        return Outcome.over(
                failed.with(unfinished(data, trials, TrainingResult.FAILED, step.rungs(), outcome.error())));
    }

    private Outcome attempt(
            Agenda.Step step, String dataKey, String training, List<Trial<C>> trials, Optional<TrainingResult> known) {
        try {
            Reference reference = runner.reference(possible(naming.cold(step.link()), pool.data(dataKey)), dataKey);
            Task<C> task = new Task<>(
                    training,
                    trials,
                    step.link().from().map(TrainingResult::parameterValues).orElse(new float[0]),
                    step.link().from().map(TrainingResult::id).orElse(""),
                    step.paused(),
                    step.until(),
                    step.rungs(),
                    known.orElse(null));
            return runner.run(task, dataKey, reference);
        } catch (Exception e) {
            // Spark's exceptions are not declared.
            if (isStopping()) {
                throw new IllegalStateException("stopped", e);
            }
            if (StorageFault.in(e).isPresent()) {
                throw new IllegalStateException(Work.sentence(e), e);
            }
            return Outcome.failed(Work.sentence(e));
        }
    }

    /** The first that can begin; what trials of one training are compared with is the same for all of them. */
    private Configured<C> possible(List<Configured<C>> configured, TrainingData data) {
        return configured.stream()
                .filter(one -> work.isPossible(data, one.options()))
                .findFirst()
                .orElse(configured.get(0));
    }

    /** A sweep that is being stopped has no failed trials. */
    private boolean isStopping() {
        return agenda.isCancelled()
                || spark.sparkContext().isStopped()
                || ShutdownHookManager.get().isShutdownInProgress();
    }

    private List<TrialOutcome> unfinished(
            TrainingData data, List<Trial<C>> trials, String status, List<Rung> rungs, String error) {
        return trials.stream()
                .map(trial -> work.unfinished(data, trial, status, rungs, error))
                .toList();
    }

    private void requireFewFailures(long failed, TrainingResult last) {
        if (failed > options.maxFailures()) {
            agenda.cancel();
            String said = last.trials().stream()
                    .filter(TrialOutcome::isFailed)
                    .map(trial -> trial.row().error())
                    .reduce("", (earlier, later) -> later);
            throw new UserError(failed + " trials failed, more than sweep.max_failures, " + options.maxFailures()
                    + "; the last said: " + said);
        }
    }
}
