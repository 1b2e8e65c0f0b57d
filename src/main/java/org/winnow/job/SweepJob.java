package org.winnow.job;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.report.Progress;
import org.winnow.report.SweepReport;
import org.winnow.sweep.Sweep;
import org.winnow.sweep.SweepProgress;

/** {@code jobs/sweep.sh}: a job over a space of configurations, and the tables that compare them. */
public final class SweepJob {
    private static final String PURPOSE = "Runs the select job, or the prune job, over a space of configurations, many"
            + " at a time, and compares them. A sweep that was stopped goes on with the same command; what is done is"
            + " never done again.";

    private SweepJob() {}

    public static void main(String[] args) {
        System.exit(runner(args).run(args));
    }

    /** Reads the keys of the job that is swept. */
    static JobRunner<?> runner(String... words) {
        boolean prune = SettingsReader.glance("sweep.job", words).orElse("").equals("prune");
        return prune
                ? new JobRunner<>(
                        "sweep",
                        PURPOSE,
                        SweepPruneConfig.class,
                        (spark, config) -> sweep(
                                spark,
                                Swept.prune(config, spark.sparkContext().hadoopConfiguration()),
                                config.output()))
                : new JobRunner<>(
                        "sweep",
                        PURPOSE,
                        SweepConfig.class,
                        (spark, config) -> sweep(spark, Swept.select(config), config.output()));
    }

    private static <C extends Serializable> void sweep(SparkSession spark, Swept<?, C> swept, SweepOutput output)
            throws IOException {
        String dir = output.dirOf(swept.name());
        String ledger = dir + "/ledger";
        Progress line = Progress.onStandardError();
        Sweep.Setup<C> setup = new Sweep.Setup<>(
                swept.name(),
                ledger,
                swept.options(),
                swept.work(),
                swept::at,
                (data, shards, seed) -> Reading.quietly(spark, data, shards, seed));
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
        SweepFiles files = new SweepFiles(spark, swept, dir, ledger);
        System.err.println("writing tables and report");
        files.write();
        ReportFiles.write(spark, dir);
        List<Row> failures = files.failures().collectAsList();
        System.out.print(SweepReport.of(files.table("front"), files.table("trials")));
        System.out.print(SweepReport.failures(failures));
        System.out.println("Results: " + dir);
        long failed =
                failures.stream().mapToLong(row -> row.<Long>getAs("trials")).sum();
        if (failed > 0 && failed == files.table("trials").count()) {
            throw new JobRunner.Unsuccessful("all trials failed");
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
