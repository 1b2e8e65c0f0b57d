package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** On a real standalone cluster of processes, with everything that goes wrong there, the bits are those of one core. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class ClusterIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String[] JOB = {
        "data.path=synthetic:two-moons?rows=400&noise_features=4",
        "train.epochs=30",
        "train.shards=3",
        "train.averaging_frequency=2",
        "train.rounds=spark",
        "select.finetune_epochs=2",
        "select.top_k=2"
    };

    @TempDir
    static Path dir;

    private static LocalCluster cluster;
    private static byte[] onOneCore;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        cluster = LocalCluster.start(ROOT, dir.resolve("logs"), 1);
        Process local = cluster.submitTo("local[1]", "local", "SelectJob", words("local"));
        finish(local, "local");
        onOneCore = features("local");
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String[] words(String name, String... more) {
        return Stream.concat(
                        Stream.concat(Stream.of(JOB), Stream.of(more)), Stream.of("output.dir=" + dir.resolve(name)))
                .toArray(String[]::new);
    }

    private static byte[] features(String name) throws IOException {
        return Files.readAllBytes(dir.resolve(name).resolve("features.csv"));
    }

    private static void finish(Process job, String name) throws InterruptedException {
        assertTrue(job.waitFor(40, TimeUnit.MINUTES), () -> name + " did not end: " + cluster.log(name));
        assertEquals(0, job.exitValue(), () -> cluster.log(name));
    }

    /** The job is in its rounds, and not near their end. */
    private static void awaitRounds(String name) {
        LocalCluster.await("rounds of " + name, () -> cluster.log(name).contains("selecting    round"));
    }

    @Test
    void aWorkerAddedInTheMiddleChangesNothing() throws IOException, InterruptedException {
        Process job = cluster.submit("added", "SelectJob", words("added"));
        awaitRounds("added");
        cluster.addWorker();
        finish(job, "added");
        assertArrayEquals(onOneCore, features("added"));
    }

    @Test
    void aKilledExecutorCostsARetryAndNothingElse() throws IOException, InterruptedException {
        Process job = cluster.submit("executor", "SelectJob", words("executor"));
        awaitRounds("executor");
        ProcessHandle executor = cluster.executors().get(0);
        assertTrue(executor.destroyForcibly());
        finish(job, "executor");
        assertTrue(cluster.log("executor").contains("Lost executor"), () -> cluster.log("executor"));
        assertArrayEquals(onOneCore, features("executor"));
    }

    @Test
    void aStoppedExecutorIsWaitedForAndTheTerminalSaysSo() throws IOException, InterruptedException {
        Process job = cluster.submit("stopped", "SelectJob", words("stopped"));
        awaitRounds("stopped");
        List<ProcessHandle> executors = cluster.executors();
        signal("STOP", executors);
        try {
            LocalCluster.await(
                    "a word of what is waited for",
                    () -> cluster.log("stopped").matches("(?s).*no task has ended for \\d+ s; selecting waits for .*"));
        } finally {
            signal("CONT", executors);
        }
        finish(job, "stopped");
        assertArrayEquals(onOneCore, features("stopped"));
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        for (ProcessHandle process : processes) {
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                            .start()
                            .waitFor());
        }
    }

    @Test
    void aKilledDriverGoesOnFromItsLastCheckpoint() throws IOException, InterruptedException {
        Path checkpoints = dir.resolve("checkpoints");
        String[] kept = {"train.checkpoint.dir=" + checkpoints, "train.checkpoint.every_rounds=1"};
        Process job = cluster.submit("driver", "SelectJob", words("driver", kept));
        LocalCluster.await("a checkpoint", () -> count(checkpoints) > 0);
        job.destroyForcibly().waitFor();
        assertFalse(Files.exists(dir.resolve("driver")));
        Process again = cluster.submit("driver-again", "SelectJob", words("driver", kept));
        finish(again, "driver-again");
        assertFalse(cluster.log("driver-again").contains("selecting    round 1/"), "began anew");
        assertArrayEquals(onOneCore, features("driver"));
    }

    @Test
    void roundsThatAreSoonOverAreTheDrivers() throws IOException, InterruptedException {
        Process job = cluster.submit("short", "SelectJob", words("short", "train.rounds=auto"));
        finish(job, "short");
        assertTrue(
                cluster.log("short").contains("rounds are taken by 1 of the driver's threads: they take less time"),
                () -> cluster.log("short"));
        assertArrayEquals(onOneCore, features("short"));
    }

    private static long count(Path folder) {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".checkpoint")).count();
        } catch (IOException e) {
            return 0;
        }
    }
}
