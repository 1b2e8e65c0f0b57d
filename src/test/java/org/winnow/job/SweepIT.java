package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.SparkTest;
import org.winnow.kernel.Noise;

/** A sweep whose process is killed again and again ends in the tables of one that was left in peace. */
@Timeout(value = 120, unit = TimeUnit.MINUTES)
class SweepIT {
    private static final int KILLS = 5;
    private static final List<String> TABLES = List.of("trials", "gates", "rounds", "stability", "consensus", "front");

    @TempDir
    Path dir;

    private String[] words(String name) {
        return new String[] {
            "data.path=synthetic:two-moons?rows=400&noise_features=4",
            "train.epochs=60",
            "select.finetune_epochs=10",
            "sweep.space.gates.reg_weight={from=0.005, to=0.5, count=8, scale=log}",
            "sweep.space.select.threshold=[0.3, 0.5]",
            "sweep.space.train.seed=[1, 2]",
            "output.dir=" + dir.resolve(name)
        };
    }

    @Test
    void killedFiveTimesItEndsInTheSameTablesAndTrainsNothingTwice() throws IOException, InterruptedException {
        try (LocalCluster cluster = LocalCluster.start(Path.of("").toAbsolutePath(), dir.resolve("logs"), 0)) {
            finish(cluster, cluster.submitTo("local[2]", "peace", "SweepJob", words("peace")), "peace");
            Noise luck = Noise.of(11);
            Map<String, String> done = new TreeMap<>();
            for (int kill = 0; kill < KILLS; kill++) {
                Process job = cluster.submitTo("local[2]", "killed-" + kill, "SweepJob", words("killed"));
                int before = done.size();
                LocalCluster.await("a training", () -> trainings("killed").size() > before || !job.isAlive());
                Thread.sleep((long) (1000 * luck.uniform(kill)));
                job.destroyForcibly().waitFor();
                assertKept(done, trainings("killed"));
                done = trainings("killed");
            }
            finish(cluster, cluster.submitTo("local[2]", "last", "SweepJob", words("killed")), "last");
            assertKept(done, trainings("killed"));
            assertEquals(trainings("peace").keySet(), trainings("killed").keySet());
            for (String table : TABLES) {
                assertEquals(rows("peace", table), rows("killed", table), table);
            }
        }
    }

    private static void finish(LocalCluster cluster, Process job, String name) throws InterruptedException {
        assertTrue(job.waitFor(90, TimeUnit.MINUTES), () -> name + " did not end: " + cluster.log(name));
        assertEquals(0, job.exitValue(), () -> cluster.log(name));
    }

    /** What was done is there as it was, with its times: nothing was trained twice. */
    private static void assertKept(Map<String, String> before, Map<String, String> now) {
        before.forEach((file, content) -> assertEquals(content, now.get(file), file));
    }

    private Map<String, String> trainings(String sweep) {
        Path ledger = dir.resolve(sweep).resolve("ledger");
        Map<String, String> files = new TreeMap<>();
        if (!Files.exists(ledger)) {
            return files;
        }
        try (Stream<Path> all = Files.list(ledger)) {
            for (Path file : all.filter(path -> path.getFileName().toString().startsWith("training-"))
                    .toList()) {
                files.put(file.getFileName().toString(), Files.readString(file));
            }
            return files;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Set<String> rows(String sweep, String table) {
        return new HashSet<>(SparkTest.session()
                .read()
                .parquet(dir.resolve(sweep).resolve("tables").resolve(table).toString())
                .drop("seconds", "samples_per_second", "params")
                .toJSON()
                .collectAsList());
    }
}
