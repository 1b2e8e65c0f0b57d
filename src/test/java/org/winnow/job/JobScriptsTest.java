package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which configuration the scripts in {@code jobs/} bring, with a {@code spark-submit} that says what it is given. */
class JobScriptsTest {
    @TempDir
    Path root;

    @BeforeEach
    void copyScripts() throws IOException {
        Files.createDirectories(root.resolve("src/main"));
        Files.createDirectories(root.resolve("target/spark-home/jars"));
        Files.createDirectories(root.resolve("jobs"));
        Files.createDirectories(root.resolve("spark/bin"));
        Files.writeString(root.resolve("pom.xml"), "");
        try (Stream<Path> scripts = Files.list(Path.of("jobs"))) {
            for (Path script : scripts.toList()) {
                Files.copy(script, root.resolve("jobs").resolve(script.getFileName()));
            }
        }
        Files.writeString(root.resolve("target/spark-home/jars/spark-core.jar"), "");
        try (RandomAccessFile jar =
                new RandomAccessFile(root.resolve("target/winnow-0.0.0.jar").toFile(), "rw")) {
            jar.setLength(60L << 20); // The scripts take no smaller one for whole.
        }
        Path submit = Files.writeString(
                root.resolve("spark/bin/spark-submit"),
                "#!/usr/bin/env bash\nwhile [[ $1 != *.jar ]]; do shift; done\nshift\nprintf '%s\\n' \"$@\"\n");
        submit.toFile().setExecutable(true);
        Path maven =
                Files.writeString(Files.createDirectories(root.resolve("bin")).resolve("mvn"), BUILD);
        maven.toFile().setExecutable(true);
        Files.writeString(root.resolve("target/spark-home/.built"), "");
    }

    private List<String> words(String script, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("bash", root.resolve("jobs").resolve(script).toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(Map.of("SPARK_HOME", root.resolve("spark").toString(), "MASTER", "local[1]"));
        builder.environment().merge("PATH", root.resolve("bin").toString(), (path, bin) -> bin + ":" + path);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said.lines().map(line -> line.replace(root + "/", "")).toList();
    }

    private static final String BUILD = """
            #!/usr/bin/env bash
            while [ "$1" != -f ]; do shift; done; root=$(dirname "$2")
            echo built >>"$root/builds"
            mkdir -p "$root/target/spark-home/jars"
            touch "$root/target/spark-home/jars/spark-core.jar"
            { cat "$root/src/main/A.java"; head -c 60000000 /dev/zero; cat "$root/src/main/A.java"; } >"$root/target/winnow-0.0.0.jar"
            """;

    private int builds() throws IOException, InterruptedException {
        assertEquals(
                List.of("model.dir=m"),
                words("predict.sh", List.of("model.dir=m")).stream()
                        .filter(line -> !line.startsWith("winnow: "))
                        .toList());
        Path builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds).size() : 0;
    }

    @Test
    void theJarIsMadeAgainWhenItIsNotThatOfTheSources() throws IOException, InterruptedException {
        Path jar = root.resolve("target/winnow-0.0.0.jar");
        Path source = Files.writeString(root.resolve("src/main/A.java"), "one");
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(source, longAgo);
        assertEquals(0, builds(), "Maven made it after the sources were written");
        Files.delete(jar);
        assertEquals(1, builds(), "there is none, though the record is there");
        assertEquals(1, builds(), "nothing has changed");
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));
        assertEquals(1, builds(), "what is in the file has not changed");
        Files.writeString(source, "two");
        Files.setLastModifiedTime(source, longAgo);
        assertEquals(2, builds(), "sources of another time, with the jar of those before");
        Files.delete(root.resolve("target/spark-home/jars/spark-core.jar"));
        assertEquals(3, builds(), "Spark is gone");
    }

    @ParameterizedTest
    @CsvSource({
        "select.sh, conf/select.conf",
        "prune.sh, conf/prune.conf",
        "sweep.sh, conf/sweep-select.conf",
    })
    void theBundledConfigurationComesWhereNeitherDataNorConfigurationIsGiven(String script, String conf)
            throws IOException, InterruptedException {
        List<String> own = List.of("train.seed=2", "sweep.space={train.seed=[1, 2]}");
        List<String> bundled = new ArrayList<>(List.of("--conf", conf));
        bundled.addAll(own);
        assertEquals(bundled, words(script, own));
        for (List<String> given : List.of(
                List.of("data.path=a b.csv", "x=1"),
                List.of("--data.path", "a"),
                List.of("--data.path=a"),
                List.of("--conf", "c"))) {
            assertEquals(given, words(script, given));
        }
    }

    @Test
    void aSweepOfPruningHasItsOwn() throws IOException, InterruptedException {
        assertEquals(
                List.of("--conf", "conf/sweep-prune.conf", "sweep.job=prune"),
                words("sweep.sh", List.of("sweep.job=prune")));
        assertEquals(List.of("model.dir=m"), words("predict.sh", List.of("model.dir=m")));
    }
}
