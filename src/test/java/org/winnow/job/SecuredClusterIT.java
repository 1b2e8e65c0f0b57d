package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** A standalone cluster that checks who comes and encrypts what is sent and spilled. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class SecuredClusterIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String SECRET = "known-to-this-cluster-alone";
    private static final String[] JOB = {
        "data.path=synthetic:two-moons?rows=400&noise_features=4",
        "train.epochs=10",
        // Large enough that results are fetched as blocks.
        "network.hidden=[400, 300]",
        "train.shards=3",
        "select.finetune_epochs=1",
        "select.top_k=2"
    };

    @TempDir
    static Path dir;

    private static LocalCluster cluster;

    /** Begun before all else: Spark asks three times, 20 s each, before it gives up. */
    private static Process stranger;

    @BeforeAll
    static void start() throws IOException {
        cluster = LocalCluster.start(
                ROOT,
                dir.resolve("logs"),
                2,
                List.of(
                        "spark.authenticate true",
                        "spark.authenticate.secret " + SECRET,
                        "spark.network.crypto.enabled true",
                        "spark.io.encryption.enabled true"));
        stranger = cluster.submitAsStranger("stranger", "SelectJob", words("stranger"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static void finish(Process job, String name) throws InterruptedException {
        assertTrue(job.waitFor(40, TimeUnit.MINUTES), () -> name + " did not end: " + cluster.log(name));
    }

    private static String[] words(String name) {
        return Stream.concat(Stream.of(JOB), Stream.of("output.dir=" + dir.resolve(name)))
                .toArray(String[]::new);
    }

    @Test
    void jobsComeToTheSameBitsAndTellNobodyTheSecret() throws IOException, InterruptedException {
        for (String name : List.of("local", "secured")) {
            String master = name.equals("local") ? "local[1]" : cluster.url();
            Process job = cluster.submitTo(master, name, "SelectJob", words(name));
            finish(job, name);
            assertEquals(0, job.exitValue(), () -> cluster.log(name));
        }
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("local/features.csv")),
                Files.readAllBytes(dir.resolve("secured/features.csv")));
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                boolean settings = file.endsWith("spark.properties");
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertTrue(settings || !content.contains(SECRET), file.toString());
            }
        }
    }

    @Test
    void whoDoesNotKnowTheSecretStartsNothing() throws InterruptedException {
        finish(stranger, "stranger");
        assertNotEquals(0, stranger.exitValue());
        assertFalse(Files.exists(dir.resolve("stranger")));
    }

    @Test
    void theDoctorExaminesTheDriverAndEveryExecutor() throws IOException, InterruptedException {
        Process job = cluster.submit("doctor", "DoctorJob", "dir=" + dir.resolve("results"));
        finish(job, "doctor");
        String said = cluster.log("doctor");
        assertEquals(0, job.exitValue(), said);
        List<String> places = said.lines()
                .filter(line -> line.matches("driver|executor \\d+ on .*"))
                .map(line -> line.replaceAll(" on .*", ""))
                .toList();
        assertEquals(List.of("driver", "executor 0", "executor 1"), places, said);
        assertTrue(said.contains("doctor: the driver and 2 executors are fit"), said);
    }
}
