package org.winnow.job;

import static org.winnow.check.Check.that;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.SparkSession;
import org.winnow.check.UserError;
import org.winnow.model.Setting;

/**
 * {@code jobs/bench.sh start}: seconds from a command to its end, JVM and Spark included, of every job on the bundled data and
 * of the selection on MADELON, in turn with the same jobs of another checkout and with peers' commands.
 */
final class StartBench {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double NANOS = 1e9;
    private static final String OUT = "OUT";
    private static final String SELECTED = "SELECTED";
    private static final String ROWS = "ROWS";

    private final Config config;
    private final Path work;
    private int outputs;

    private StartBench(Config config, Path work) {
        this.config = config;
        this.work = work;
    }

    /** What the benchmark can be told. */
    record Config(
            @Setting(value = "Times that each command is run, of which the median is taken", byDefault = "5")
            int turns,

            @Setting(value = "Folder of another checkout, whose jobs run in turn; empty: none", byDefault = "\"\"")
            String before,

            @Setting(
                    value = "Commands that run in turn with a case, by its name, as {select = [python3, script.py]}",
                    byDefault = "{}")
            Map<String, List<String>> peers,

            @Setting(value = "Folder with madelon.libsvm.gz; empty: MADELON is left out", byDefault = "\"\"")
            String data,

            @Setting(value = "Only cases whose names have this in them", byDefault = "\"\"")
            String only) {
        Config {
            that(turns >= 1, "turns", "at least 1", turns);
        }
    }

    /**
     * A job.
     *
     * @param words given to it: {@value #OUT} stands for a new folder, {@value #SELECTED} for results of the selection and
     *     {@value #ROWS} for the bundled data
     */
    private record Case(String name, String script, String master, List<String> words) {}

    static JobRunner<Config> runner() {
        return new JobRunner<>(
                "bench start",
                "seconds from a command to its end, in turn with another checkout and with peers",
                Config.class,
                StartBench::run);
    }

    private static void run(SparkSession spark, Config config) throws IOException {
        spark.stop();
        measure(
                config,
                Path.of(Optional.ofNullable(System.getenv("WINNOW_HOME")).orElse("")));
    }

    /** Measures the jobs of a checkout. */
    static void measure(Config config, Path root) throws IOException {
        List<Path> checkouts = new ArrayList<>(List.of(root));
        if (!config.before().isEmpty()) {
            checkouts.add(Path.of(config.before()));
        }
        Path work = Files.createTempDirectory("winnow-start");
        try {
            new StartBench(config, work).measure(checkouts);
        } finally {
            FileUtils.deleteDirectory(work.toFile());
        }
    }

    private void measure(List<Path> checkouts) throws IOException {
        for (Path checkout : checkouts) {
            // Builds what is missing, and leaves results to predict with and to report of.
            seconds(command(select(), checkout, selected(checkout)));
        }
        for (Case each : cases()) {
            if (each.name().contains(config.only())) {
                measure(each, checkouts);
            }
        }
    }

    private static String selected(Path checkout) {
        return checkout.getFileName() + "-selected";
    }

    private static Case select() {
        return new Case("select", "select.sh", "local[*]", List.of("output.dir=" + OUT));
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>(List.of(
                select(),
                new Case("sweep", "sweep.sh", "local[*]", List.of("output.dir=" + OUT)),
                new Case("prune", "prune.sh", "local[*]", List.of("output.dir=" + OUT)),
                new Case(
                        "predict",
                        "predict.sh",
                        "local[*]",
                        List.of(
                                "model.dir=" + SELECTED + "/model",
                                "data.path=" + ROWS,
                                "output.path=" + OUT + ".csv")),
                new Case("report", "report.sh", "local[*]", List.of(SELECTED))));
        if (!config.data().isEmpty()) {
            String madelon = Path.of(config.data(), "madelon.libsvm.gz").toString();
            cases.add(
                    new Case("madelon", "select.sh", "local[1]", List.of("data.path=" + madelon, "output.dir=" + OUT)));
        }
        return cases;
    }

    private ProcessBuilder command(Case each, Path checkout, String output) {
        List<String> command = new ArrayList<>(
                List.of("bash", checkout.resolve("jobs").resolve(each.script()).toString()));
        for (String word : each.words()) {
            command.add(word.replace(OUT, work.resolve(output).toString())
                    .replace(SELECTED, work.resolve(selected(checkout)).toString())
                    .replace(
                            ROWS,
                            checkout.resolve("src/main/data/breast-cancer.csv").toString()));
        }
        ProcessBuilder process = new ProcessBuilder(command);
        process.environment().remove("WINNOW_HOME");
        process.environment().remove("SPARK_HOME");
        process.environment().put("MASTER", each.master());
        return process;
    }

    private void measure(Case each, List<Path> checkouts) throws IOException {
        List<List<Double>> ofCheckouts = checkouts.stream()
                .<List<Double>>map(checkout -> new ArrayList<>())
                .toList();
        List<Double> ofPeer = new ArrayList<>();
        Optional<List<String>> peer = Optional.ofNullable(config.peers().get(each.name()));
        for (int turn = 0; turn < config.turns(); turn++) {
            for (int i = 0; i < checkouts.size(); i++) {
                ofCheckouts.get(i).add(seconds(command(each, checkouts.get(i), "out-" + outputs++)));
            }
            if (peer.isPresent()) {
                ofPeer.add(seconds(new ProcessBuilder(peer.get())));
            }
        }
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("bench", "start");
        line.put("case", each.name());
        line.put("turns", config.turns());
        put(line, "seconds", ofCheckouts.get(0));
        if (checkouts.size() > 1) {
            put(line, "before", ofCheckouts.get(1));
            line.put("of_before", ratio(ofCheckouts.get(0), ofCheckouts.get(1)));
        }
        if (peer.isPresent()) {
            put(line, "peer", ofPeer);
            line.put("of_peer", ratio(ofCheckouts.get(0), ofPeer));
        }
        System.out.println(JSON.writeValueAsString(line));
    }

    private static void put(Map<String, Object> line, String name, List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        line.put(name, median(seconds));
        line.put(name + "_min", sorted.get(0));
        line.put(name + "_max", sorted.get(sorted.size() - 1));
    }

    private static double ratio(List<Double> seconds, List<Double> others) {
        return Math.round(1000 * median(seconds) / median(others)) / 1000.0;
    }

    private static double median(List<Double> seconds) {
        return seconds.stream().sorted().toList().get(seconds.size() / 2);
    }

    /** Seconds that a command takes, its output aside. */
    private double seconds(ProcessBuilder command) throws IOException {
        Path log = work.resolve("log");
        command.redirectErrorStream(true).redirectOutput(log.toFile());
        long started = System.nanoTime();
        Process process = command.start();
        try {
            if (process.waitFor() != 0) {
                throw new UserError(String.join(" ", command.command()) + " failed: "
                        + Files.readString(log).strip());
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
        return Math.round((System.nanoTime() - started) / NANOS * 100) / 100.0;
    }
}
