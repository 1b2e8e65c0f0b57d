package org.winnow.job;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import org.winnow.file.Damaged;
import org.winnow.file.Manifest;
import org.winnow.model.RoundResult;
import org.winnow.sweep.Ledger;
import org.winnow.sweep.NetworkOutcome;
import org.winnow.sweep.RoundRow;
import org.winnow.sweep.SweepOptions;
import org.winnow.sweep.TrainingResult;
import org.winnow.sweep.TrialOutcome;
import org.winnow.table.MaskTables;
import org.winnow.table.SweepTables;
import org.winnow.table.Tables;

/** The tables of a sweep, made of its ledger on the executors: {@code tables/NAME}, all of them or none. */
record SweepFiles(
        SparkSession spark,
        String dir,
        String ledger,
        SweepOptions.Job job,
        String path,
        double stableFrequency,
        CollectionAccumulator<String> damaged) {
    private static final String TABLES = "tables";
    private static final int FILES_A_PARTITION = 200;

    /** Rows of a training. */
    private interface Rows extends Function<TrainingResult, Stream<Row>> {}

    /** Rows of a network. */
    private interface OfNetwork extends Function<NetworkOutcome, Stream<Row>> {}

    /** What an end of a sweep leaves, and its next end replaces. */
    private static final ResultFolder RESULTS = new ResultFolder(
            Manifest.TABLES,
            List.of("trials", "front"),
            Set.of(
                    "trials",
                    "rounds",
                    "gates",
                    "relevance",
                    "masks",
                    "ablations",
                    "stability",
                    "consensus",
                    "front",
                    Manifest.NAME));

    SweepFiles(SparkSession spark, Swept<?, ?> swept, String dir, String ledger) {
        this(
                spark,
                dir,
                ledger,
                swept.options().job(),
                swept.work().pathKey(),
                swept.options().stableFrequency(),
                spark.sparkContext().collectionAccumulator("damaged files of the ledger"));
    }

    /** Writes all tables; those of an earlier end of the sweep go once the new ones stand. */
    void write() throws IOException {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        try (OutputFolder output = OutputFolder.claim("output.dir", dir + "/" + TABLES, true, RESULTS, hadoop)) {
            output.table("trials", rows(Tables.SWEEP_TRIALS, SweepFiles::trials));
            output.table("rounds", rows(Tables.ROUNDS, SweepFiles::rounds));
            Dataset<Row> trials = read(output, "trials");
            if (job == SweepOptions.Job.PRUNE) {
                writeNetworks(output, trials);
            } else {
                writeGates(output, trials);
            }
            output.table("front", SweepTables.front(trials, path));
            new TreeSet<>(damaged.value())
                    .forEach(file -> System.err.println(
                            "warning: left out of the tables, as it is not as it was written: " + file));
            output.commit();
        }
    }

    private void writeGates(OutputFolder output, Dataset<Row> trials) throws IOException {
        output.table("gates", rows(Tables.GATES, SweepFiles::gates));
        output.table("stability", SweepTables.stability(trials, read(output, "gates"), path, stableFrequency));
        output.table("consensus", SweepTables.consensus(read(output, "stability")));
    }

    private void writeNetworks(OutputFolder output, Dataset<Row> trials) throws IOException {
        Rows relevance = ofNetworks(network -> network.relevance().stream().map(Tables::row));
        output.table("relevance", rows(Tables.RELEVANCE, relevance));
        Rows ofMasks = ofNetworks(network -> network.masks().stream().map(Tables::row));
        output.table("masks", rows(Tables.MASKS, ofMasks));
        Rows ablations = ofNetworks(network -> network.ablations().stream().map(Tables::row));
        output.table("ablations", rows(Tables.ABLATIONS, ablations));
        Dataset<Row> masks = read(output, "masks");
        output.table("stability", MaskTables.stability(trials, masks, path));
        output.table("consensus", MaskTables.consensus(trials, masks, path));
    }

    /** The rows that the networks of a training's trials have. */
    private static Rows ofNetworks(OfNetwork rows) {
        return training -> {
            List<Row> all = new ArrayList<>();
            for (TrialOutcome trial : training.trials()) {
                NetworkOutcome network = trial.network();
                if (network != null) {
                    rows.call(network).forEach(all::add);
                }
            }
            return all.stream();
        };
    }

    Dataset<Row> table(String name) {
        return Tables.read(spark, dir + "/" + TABLES + "/" + name);
    }

    Dataset<Row> statuses() {
        return SweepTables.statuses(table("trials"));
    }

    Dataset<Row> failures() {
        return SweepTables.failures(table("trials"));
    }

    private Dataset<Row> read(OutputFolder output, String name) {
        return Tables.read(spark, output.path(name).toString());
    }

    /** Rows of a file; none of one that is damaged, which is told to the driver. */
    private static Stream<Row> rows(String file, Rows rows, Configuration hadoop, CollectionAccumulator<String> damaged)
            throws Exception {
        TrainingResult training;
        try {
            training = Ledger.read(file, hadoop);
        } catch (Damaged e) {
            damaged.add(file + " (" + e.getMessage() + ")");
            return Stream.empty();
        }
        return rows.call(training);
    }

    private Dataset<Row> rows(StructType schema, Rows rows) {
        Configuration hadoop = spark.sparkContext().hadoopConfiguration();
        SerializableConfiguration sent = new SerializableConfiguration(hadoop);
        List<String> files = Ledger.trainings(ledger, hadoop);
        CollectionAccumulator<String> told = damaged;
        int partitions = Math.max(1, files.size() / FILES_A_PARTITION);
        JavaRDD<Row> all = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(files, partitions)
                .flatMap(file -> rows(file, rows, sent.value(), told).iterator());
        return spark.createDataFrame(all, schema);
    }

    private static Stream<Row> trials(TrainingResult training) {
        @Nullable String from = training.warmStartFrom().isEmpty() ? null : training.warmStartFrom();
        return training.trials().stream().map(trial -> {
            NetworkOutcome network = trial.network();
            return Tables.row(
                    trial.row(),
                    training.id(),
                    from,
                    trial.replicates(),
                    trial.threshold(),
                    network == null ? null : network.flops(),
                    network == null ? null : network.latencyMicros());
        });
    }

    private static Stream<Row> gates(TrainingResult training) {
        return training.trials().stream()
                .flatMap(trial -> training.gatesOf(trial).stream())
                .map(Tables::row);
    }

    private static Stream<Row> rounds(TrainingResult training) {
        List<Row> rows = new ArrayList<>();
        List<TrialOutcome> trials = training.trials();
        for (int i = 0; i < trials.size(); i++) {
            for (RoundRow round : training.rounds()) {
                rows.add(Tables.row(new RoundResult(
                        trials.get(i).row().trialId(),
                        round.round(),
                        round.epoch(),
                        round.loss(),
                        round.metric(),
                        i < round.openGates().size() ? round.openGates().get(i) : null,
                        round.samplesPerSecond(),
                        round.seconds())));
            }
        }
        return rows.stream();
    }
}
