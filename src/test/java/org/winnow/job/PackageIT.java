package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one jar is enough for a Spark that has its own jars alone, and does not get in their way. */
@Timeout(value = 60, unit = TimeUnit.MINUTES)
class PackageIT {
    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final Path JARS_OF_SPARK = ROOT.resolve("target/spark-home/jars");
    private static final long MOST_BYTES = 180_000_000;

    /** Starts of file names of what only the one jar brings. */
    private static final List<String> OURS = List.of("winnow", "deeplearning4j", "dl4j", "nd4j", "datavec", "javacpp");

    @TempDir
    static Path dir;

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(ROOT.resolve("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("winnow-[0-9.]+\\.jar"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Set<String> classes(Path jar) throws IOException {
        try (JarFile opened = new JarFile(jar.toFile());
                Stream<? extends ZipEntry> entries = opened.stream()) {
            Set<String> names = new TreeSet<>();
            entries.map(ZipEntry::getName)
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .forEach(names::add);
            return names;
        }
    }

    private static List<Path> jarsOfSpark() throws IOException {
        try (Stream<Path> files = Files.list(JARS_OF_SPARK)) {
            return files.sorted().toList();
        }
    }

    @Test
    void noClassIsBothInTheJarAndInSpark() throws IOException {
        Set<String> ours = classes(jar());
        assertTrue(ours.contains("org/winnow/kernel/VectorKernel.class"));
        assertTrue(ours.contains("org/nd4j/linalg/factory/Nd4j.class"));
        for (Path spark : jarsOfSpark()) {
            Set<String> both = new TreeSet<>(classes(spark));
            both.retainAll(ours);
            assertEquals(Set.of(), both, spark.toString());
        }
    }

    @Test
    void theJarIsSmall() throws IOException {
        long size = Files.size(jar());
        assertTrue(size <= MOST_BYTES, () -> size + " bytes");
    }

    @Test
    void sparksOwnJarsAndTheOneJarSelectAsHere() throws IOException, InterruptedException {
        for (Path spark : jarsOfSpark()) {
            String name = spark.getFileName().toString();
            assertFalse(OURS.stream().anyMatch(name::startsWith), name + " is not Spark's");
        }
        try (LocalCluster cluster = LocalCluster.start(ROOT, dir.resolve("logs"), 1)) {
            run(cluster, "local[1]", "local");
            run(cluster, cluster.url(), "standalone");
        }
        assertArrayEquals(
                Files.readAllBytes(dir.resolve("local/features.csv")),
                Files.readAllBytes(dir.resolve("standalone/features.csv")));
    }

    private static void run(LocalCluster cluster, String master, String name) throws IOException, InterruptedException {
        Process job = cluster.submitTo(
                master,
                name,
                "SelectJob",
                "data.path=synthetic:two-moons?rows=400&noise_features=4",
                "train.epochs=10",
                "train.shards=2",
                "select.finetune_epochs=1",
                "select.top_k=2",
                "output.dir=" + dir.resolve(name));
        assertTrue(job.waitFor(40, TimeUnit.MINUTES), () -> name + " did not end: " + cluster.log(name));
        assertEquals(0, job.exitValue(), () -> cluster.log(name));
    }
}
