package org.winnow.job;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.data.LoadedData;
import org.winnow.data.read.FileSystems;
import org.winnow.model.SavedNetwork;
import org.winnow.model.TrialResult;
import org.winnow.prune.NetworkPruning;
import org.winnow.prune.PruneListener;
import org.winnow.prune.Pruned;
import org.winnow.report.Progress;
import org.winnow.report.PruneReport;
import org.winnow.report.SelectionReport;
import org.winnow.surgery.Delivery;
import org.winnow.surgery.NetworkImport;
import org.winnow.train.Round;
import org.winnow.train.TrainingData;

/** {@code jobs/prune.sh}: a network made sparse and small, the tables that say how, and what it saved. */
public final class PruneJob {
    private PruneJob() {}

    public static void main(String[] args) {
        System.exit(runner().run(args));
    }

    static JobRunner<PruneConfig> runner() {
        return new JobRunner<>(
                "prune",
                "Prunes a network: trains it, makes its layers sparse, drops the weights below a threshold, fine-tunes"
                        + " what is left, and makes a smaller network of it that gives the same answers.",
                PruneConfig.class,
                PruneJob::prune);
    }

    private static void prune(SparkSession spark, PruneConfig config) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        String dir = config.output().dirOf("prune");
        try (OutputFolder output =
                OutputFolder.claim("output.dir", dir, config.output().overwrite(), PruneFiles.RESULTS, hadoop)) {
            SavedNetwork given = given(config.network().path(), hadoop).orElse(null);
            LoadedData data = load(spark, config);
            System.err.println(SelectionReport.opening(
                    data.trainRows(), data.testRows(), data.schema().features().size(), 0, data.shardCount()));
            try (ProgressFile file = new ProgressFile(output.create("progress.jsonl"))) {
                TrainingData rows = TrainingData.of(data, config.train());
                Pruned pruned = NetworkPruning.fit(
                        rows, config.pruning(given), config.params(given), listener(rows, Optional.of(file)));
                Delivery delivery = pruned.delivery(data);
                System.err.println("writing tables, model and report");
                String report = new PruneFiles(output, data, config.output().measureSeconds()).write(pruned, delivery);
                System.out.print(report);
            }
            Optional<IllegalStateException> noReport = ReportFiles.attempt(spark, output, dir);
            System.out.println("Results: " + output.commit());
            if (noReport.isPresent()) {
                throw noReport.get();
            }
        }
    }

    /** The rows to train on and those held out. */
    static LoadedData load(SparkSession spark, PruneConfig config) {
        return Reading.load(
                spark, config.data(), config.train().shards(), config.train().seed());
    }

    /** Shows progress on standard error, and keeps it in a file if there is one. */
    static PruneListener listener(TrainingData data, Optional<ProgressFile> file) {
        Progress line = Progress.onStandardError();
        return new PruneListener() {
            @Override
            public void after(Phase phase, Round round) {
                TrainingProgress.show(line, data, phase, round, "");
                file.ifPresent(kept -> kept.add(phase, round, Map.of(), data.metric(round.heldOut())));
            }

            @Override
            public void tried(TrialResult trial) {
                System.err.print(PruneReport.tried(trial));
            }
        };
    }

    /**
     * The network at a place, and on standard error what became of it on the way; nothing if that is empty.
     *
     * @throws UserError if there is none, or it has what cannot be carried
     */
    static Optional<SavedNetwork> given(String place, Configuration hadoop) {
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = FileSystems.of("network.path", place, hadoop).open(new Path(place))) {
            SavedNetwork saved = NetworkImport.read(in);
            saved.notes().forEach(note -> System.err.println("network.path: " + note));
            if (saved.normaliser() == null) {
                System.err.println(
                        "network.path: no normaliser; the network is given rows as data.standardise makes them");
            }
            return Optional.of(saved);
        } catch (UserError e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new UserError("network.path: " + place + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new UserError(
                    "network.path: " + place + " is not a MultiLayerNetwork that DL4J's ModelSerializer wrote: "
                            + String.valueOf(e.getMessage()).lines().findFirst().orElse(""),
                    e);
        }
    }
}
