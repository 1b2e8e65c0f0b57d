package org.winnow.job;

import com.typesafe.config.ConfigValue;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.report.Progress;
import org.winnow.report.SweepReport;
import org.winnow.select.FeatureSelection;
import org.winnow.sweep.Configured;
import org.winnow.sweep.SelectWork;
import org.winnow.sweep.Sweep;
import org.winnow.sweep.SweepProgress;

/** {@code jobs/sweep.sh}: the select job over a space of configurations, and the tables that compare them. */
public final class SweepJob {
    private static final String JOB = "select";

    /** Keys that say where things are: one sweep has one of each. */
    private static final List<String> OF_THE_SWEEP =
            List.of("data.path", "output.", "train.checkpoint.", "train.resume");

    private SweepJob() {}

    public static void main(String[] args) {
        System.exit(runner().run(args));
    }

    static JobRunner<SweepConfig> runner() {
        return new JobRunner<>(
                "sweep",
                "Runs the select job over a space of configurations, many at a time, and compares them. A sweep that was"
                        + " stopped goes on with the same command; what is done is never done again.",
                SweepConfig.class,
                SweepJob::sweep);
    }

    private static void sweep(SparkSession spark, SweepConfig config) throws IOException {
        String dir = config.output().dir().isEmpty()
                ? "out/sweep-" + JOB
                : config.output().dir();
        String ledger = dir + "/ledger";
        SelectConfig base = config.selectJob();
        SelectWork work = new SelectWork();
        Progress line = Progress.onStandardError();
        Sweep.Setup<FeatureSelection.Options> setup =
                new Sweep.Setup<>(JOB, ledger, config.sweep(), work, point -> configured(base, point));
        try {
            Sweep.run(spark, setup, progress -> show(line, progress));
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException e) {
            if (ShutdownHookManager.get().isShutdownInProgress()) {
                System.err.println("\nwhat is done is in " + ledger + "; the same command goes on from there");
            }
            throw e;
        }
        SweepFiles files = new SweepFiles(
                spark, dir, ledger, work.pathKey(), config.sweep().stableFrequency());
        files.write();
        ReportFiles.write(spark, dir);
        System.out.print(SweepReport.of(files.table("front"), files.statuses()));
        System.out.println("Results: " + dir);
    }

    private static Configured<FeatureSelection.Options> configured(SelectConfig base, Map<String, ConfigValue> point) {
        point.keySet().stream()
                .filter(key -> OF_THE_SWEEP.stream().anyMatch(key::startsWith))
                .findFirst()
                .ifPresent(key -> {
                    throw new UserError("sweep.space." + key + ": a sweep has one " + key + "; it is no axis");
                });
        SelectConfig config = vary(base, point);
        return new Configured<>(
                config.selection(),
                config.data(),
                config.train().shards(),
                config.train().seed(),
                SettingsReader.flatten(config));
    }

    private static SelectConfig vary(SelectConfig base, Map<String, ConfigValue> point) {
        try {
            return SettingsReader.vary(base, point);
        } catch (UserError e) {
            throw new UserError("sweep.space: " + e.getMessage(), e);
        }
    }

    private static void show(Progress line, SweepProgress now) {
        boolean last = now.running() == 0 && now.done() + now.stopped() + now.failed() == now.total();
        line.show(
                SweepReport.progress(
                        now.total(),
                        now.done(),
                        now.found(),
                        now.running(),
                        now.stopped(),
                        now.failed(),
                        now.seconds(),
                        now.secondsLeft()),
                SweepReport.shortProgress(
                        now.total(), now.done() + now.stopped() + now.failed(), now.failed(), now.secondsLeft()),
                last);
    }
}
