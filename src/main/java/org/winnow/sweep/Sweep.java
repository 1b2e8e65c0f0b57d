package org.winnow.sweep;

import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
import org.winnow.check.UserError;
import org.winnow.model.Score;
import org.winnow.model.TrialId;
import org.winnow.model.TrialResult;
import org.winnow.train.TrainingData;

/**
 * Runs the trials of a space: those that the ledger does not have, each on a core of its own or spread over all. What is
 * over is in the ledger at once. Results do not depend on how trials are spread, nor on whether the sweep was stopped.
 */
public final class Sweep<C extends Serializable> {
    private static final String WARM_START_FROM = "sweep.warm_start_from";
    private static final String EPOCHS = "train.epochs";
    private static final String SEED = "train.seed";

    private final SparkSession spark;
    private final SweepOptions options;
    private final Work<C> work;
    private final Function<Map<String, ConfigValue>, Configured<C>> configure;

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
     */
    public record Setup<C extends Serializable>(
            String job,
            String place,
            SweepOptions options,
            Work<C> work,
            Function<Map<String, ConfigValue>, Configured<C>> configure) {}

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
        configure = setup.configure();
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
        try (DataPool pool = new DataPool(spark, options.parallel())) {
            for (Map<String, ConfigValue> point : plan.points()) {
                TrainingData data = pool.load(setup.configure().apply(point));
                if (options.stop() != Stopping.Rule.NONE && data.testRows() == 0) {
                    throw new UserError("sweep.stop needs held-out rows to compare trials on; data.test_fraction is 0");
                }
            }
            pool.warnings().forEach(warning -> System.err.println("warning: " + warning));
            Ledger ledger = Ledger.open(
                    setup.place(),
                    setup.job(),
                    pool.fingerprints(),
                    spark.sparkContext().hadoopConfiguration());
            new Sweep<>(spark, setup, plan, pool, ledger, listener).runAll();
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
        List<Configured<C>> configured = link.decisions().stream()
                .map(decision -> configure.apply(point(link, decision)))
                .toList();
        String dataKey = DataPool.key(configured.get(0));
        TrainingData data = pool.data(dataKey);
        List<Trial<C>> trials =
                configured.stream().map(one -> trial(link, one, data)).toList();
        String training = TrialId.of(params(link, configured.get(0), work.decisionKeys()), data.fingerprint());
        Optional<TrainingResult> known = ledger.training(training).filter(result -> !isToRetry(result));
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

    private boolean isToRetry(TrainingResult result) {
        return options.retryFailed() && result.status().equals(TrainingResult.FAILED);
    }

    private TrainingResult brief(TrainingResult result, List<Trial<C>> trials) {
        return result.brief(options.warmStart(), outcomes(result, trials));
    }

    private Map<String, ConfigValue> point(Link link, Map<String, ConfigValue> decision) {
        Map<String, ConfigValue> point = Plan.joined(link.point(), decision);
        if (link.from().isPresent()) {
            int epochs = Integer.parseInt(configure.apply(point).params().getOrDefault(EPOCHS, "1"));
            int fewer = (int) Math.max(1, Math.round(epochs * options.warmStartEpochs()));
            point.put(EPOCHS, ConfigValueFactory.fromAnyRef(fewer, "sweep.warm_start_epochs"));
        }
        return point;
    }

    /** A link as if it had nothing to start from: what it is compared with has all of its epochs. */
    private Configured<C> cold(Link link) {
        return configure.apply(Plan.joined(link.point(), link.decisions().get(0)));
    }

    private Trial<C> trial(Link link, Configured<C> configured, TrainingData data) {
        Map<String, String> params = params(link, configured, List.of());
        Map<String, String> replicates = new LinkedHashMap<>(configured.params());
        replicates.remove(SEED);
        return new Trial<>(
                TrialId.of(params, data.fingerprint()), params, TrialId.of(replicates, ""), configured.options());
    }

    private Map<String, String> params(Link link, Configured<C> configured, List<String> without) {
        Map<String, String> params = new LinkedHashMap<>(configured.params());
        link.from().ifPresent(from -> params.put(WARM_START_FROM, from.id()));
        params.keySet().removeIf(key -> without.stream().anyMatch(key::startsWith));
        return params;
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
        if (known.filter(result -> !result.status().equals(TrainingResult.DONE)).isPresent()) {
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
        Outcome outcome = attempt(step, dataKey, training, trials, known);
        if (outcome.error() == null) {
            return outcome;
        }
        TrainingResult failed = TrainingResult.bare(training, TrainingResult.FAILED, from, step.rungs(), List.of());
        return Outcome.over(failed.with(unfinished(data, trials, failed.status(), step.rungs(), outcome.error())));
    }

    private Outcome attempt(
            Agenda.Step step, String dataKey, String training, List<Trial<C>> trials, Optional<TrainingResult> known) {
        try {
            Score reference = runner.reference(cold(step.link()), dataKey);
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
            // A sweep that is being stopped has no failed trials; Spark's exceptions are not declared.
            if (agenda.isCancelled()
                    || spark.sparkContext().isStopped()
                    || ShutdownHookManager.get().isShutdownInProgress()) {
                throw new IllegalStateException("stopped", e);
            }
            return Outcome.failed(Work.sentence(e));
        }
    }

    private List<TrialOutcome> unfinished(
            TrainingData data, List<Trial<C>> trials, String status, List<Rung> rungs, String error) {
        List<TrialOutcome> outcomes = new ArrayList<>();
        for (Trial<C> trial : trials) {
            TrialResult row = work.unfinished(data, trial, status, rungs, error);
            outcomes.add(new TrialOutcome(row, trial.replicates(), List.of()));
        }
        return outcomes;
    }

    private void requireFewFailures(long failed, TrainingResult last) {
        if (failed > options.maxFailures()) {
            agenda.cancel();
            throw new UserError(failed + " trials failed, more than sweep.max_failures, " + options.maxFailures()
                    + "; the last said: "
                    + last.trials().get(last.trials().size() - 1).row().error());
        }
    }
}
