package org.winnow.job;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.Feature;
import org.winnow.data.LoadedData;
import org.winnow.model.FeatureResult;
import org.winnow.report.Report;
import org.winnow.report.SelectionReport;
import org.winnow.select.FeatureSelection;
import org.winnow.select.Selection;
import org.winnow.train.TrainingData;

/** {@code jobs/select.sh}: the features that matter, the tables that say so, and a model on them alone. */
public final class SelectJob {
    private static final int HIGHEST = 5;

    private SelectJob() {}

    public static void main(String[] args) {
        System.exit(runner().run(args));
    }

    static JobRunner<SelectConfig> runner() {
        return new JobRunner<>(
                "select",
                "Selects the features that matter: ranks all of them and keeps those that are of use, or trains a network"
                        + " behind stochastic gates and keeps the features whose gates stay open; judges a network on"
                        + " those alone, and one on all, by held-out rows.",
                SelectConfig.class,
                SelectJob::select);
    }

    private static void select(SparkSession spark, SelectConfig config) throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        String dir = config.output().dirOf("select");
        try (OutputFolder output =
                OutputFolder.claim("output.dir", dir, config.output().overwrite(), SelectionFiles.RESULTS, hadoop)) {
            LoadedData data = Reading.load(
                    spark,
                    config.data(),
                    config.train().shards(),
                    config.train().seed());
            System.err.println(SelectionReport.opening(
                    data.trainRows(),
                    data.testRows(),
                    count(data, Feature.Kind.NUMERIC),
                    count(data, Feature.Kind.CATEGORICAL),
                    data.shardCount()));
            Selection selection = fit(TrainingData.of(data, config.train()), config, output);
            warnOfClosedGates(selection, config);
            warnOfNothing(selection);
            System.err.println("writing tables, model and report");
            Report.begin();
            SelectionFiles.write(output, selection);
            Optional<IllegalStateException> noReport = ReportFiles.attempt(spark, output, dir);
            String place = output.commit();
            System.out.print(SelectionReport.of(selection.features(), selection.trial(), data.baseline()));
            System.out.println("Results: " + place);
            if (noReport.isPresent()) {
                throw noReport.get();
            }
        }
    }

    private static void warnOfClosedGates(Selection selection, SelectConfig config) {
        long closed = selection.closedAmongKept();
        if (closed > 0 && config.select().topK() > 0) {
            System.err.printf(
                    Locale.ROOT,
                    "warning: training closed the gates of %d of the %d kept at gates.reg_weight %s; a forward path over the"
                            + " rows ranked them%n",
                    closed,
                    config.select().topK(),
                    config.gates().regWeight());
        }
    }

    private static void warnOfNothing(Selection selection) {
        if (!selection.helps()) {
            System.err.println(
                    "warning: nothing helps: on rows that they did not learn from, no features tell the label better"
                            + " than an answer that looks at none; the highest ranked: "
                            + selection.features().stream()
                                    .limit(HIGHEST)
                                    .map(FeatureResult::name)
                                    .collect(Collectors.joining(", ")));
        }
    }

    private static int count(LoadedData data, Feature.Kind kind) {
        return (int) data.schema().features().stream()
                .filter(feature -> feature.kind() == kind)
                .count();
    }

    private static Selection fit(TrainingData data, SelectConfig config, OutputFolder output) throws IOException {
        try (ProgressFile file = new ProgressFile(output.create("progress.jsonl"));
                SelectionProgress progress = new SelectionProgress(data, file)) {
            return FeatureSelection.fit(data, config.selection(), SettingsReader.flatten(config), progress);
        }
    }
}
