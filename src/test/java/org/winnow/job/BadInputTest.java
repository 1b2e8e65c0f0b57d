package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault gives one sentence on standard error, exit code 2, and no output. */
class BadInputTest {
    @TempDir
    Path dir;

    @BeforeEach
    void files() throws IOException {
        Files.createDirectories(dir.resolve("void"));
        write("empty.csv", "");
        write("header.csv", "a,b,y\n");
        write("good.csv", rows("a,b,y", i -> i * 31 % 61 + "," + i * 7 % 11 + "," + i % 2));
        write("constant-label.csv", rows("a,b,y", i -> i + "," + i * 7 % 11 + ",1"));
        write("text.csv", rows("a,b,y", i -> i * 31 % 61 + "," + (i == 17 ? "many" : "1" + i) + "," + i % 2));
        write("ragged.csv", rows("a,b,y", i -> i == 17 ? "1,2" : i * 31 % 61 + ",1" + i + "," + i % 2));
        write("nan.csv", rows("a,b,y", i -> i * 31 % 61 + "," + (i == 17 ? "NaN" : "1" + i) + "," + i % 2));
        write("infinite.csv", rows("a,b,y", i -> i * 31 % 61 + "," + (i == 17 ? "-Infinity" : "1" + i) + "," + i % 2));
        write("missing.csv", rows("a,b,y", i -> i * 31 % 61 + "," + (i == 17 ? "" : "1" + i) + "," + i % 2));
        write("few.csv", "a,b,y\n1,2,u\n2,3,v\n3,1,w\n");
        write("bad.libsvm", "1 1:2 2:3\n0 1:1 x:4\n");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(dir.resolve(name), text);
    }

    private static String rows(String header, java.util.function.IntFunction<String> row) {
        return IntStream.rangeClosed(1, 60).mapToObj(row).collect(Collectors.joining("\n", header + "\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "data.path=DIR/nothing.csv data.label=y ~ nothing.csv",
                "data.path=DIR/void data.label=y ~ no data",
                "data.path=DIR/empty.csv data.label=y ~ empty",
                "data.path=DIR/header.csv data.label=y ~ no rows",
                "data.path=DIR/good.csv data.label=z ~ no column \"z\" in good.csv; columns: a, b, y",
                "data.path=DIR/constant-label.csv data.label=y ~ \"y\"",
                "data.path=DIR/text.csv data.label=y ~ text.csv row 17, column \"b\": \"many\" is not a number",
                "data.path=DIR/ragged.csv data.label=y ~ ragged.csv row 17",
                "data.path=DIR/nan.csv data.label=y ~ nan.csv row 17, column \"b\"",
                "data.path=DIR/infinite.csv data.label=y ~ infinite.csv row 17, column \"b\"",
                "data.path=DIR/missing.csv data.label=y ~ missing.csv row 17, column \"b\"",
                "data.path=DIR/few.csv data.label=y data.test_fraction=0.4 ~ classes",
                "data.path=DIR/good.csv data.label=y train.shards=1000 ~ train.shards",
                "data.path=DIR/bad.libsvm ~ bad.libsvm row 2",
                "data.path=nosuch://host/rows.csv data.label=y ~ data.path: no file system for nosuch://host/rows.csv",
                "data.path=DIR/good.csv data.label=y train.checkpoint.dir=nosuch://host/c ~ train.checkpoint.dir",
                "data.path=DIR/good.csv data.label=y train.resume=DIR/good.csv ~ is not a checkpoint",
                "data.path=s3a://me:mine@bucket/rows.csv data.label=y ~ data.path must hold no name and password",
                "data.path=synthetic:three-moons ~ two-moons",
                "data.path=DIR/good.csv data.label=y gates.reg_wieght=1 ~ did you mean gates.reg_weight?",
                "data.path=DIR/good.csv data.label=y train.epochs=many ~ train.epochs must be a whole number, got many",
                "data.path=DIR/good.csv data.label=y train.epochs=0 ~ train.epochs must be in 1 .. 1000000, got 0",
                "data.path=DIR/good.csv data.label=y train.epochs=1000000 train.batch_size=1000001 ~ train.batch_size",
                "data.path=synthetic:two-moons?rows=90000 train.epochs=1000000 train.batch_size=1"
                        + " ~ train.epochs must be at most",
                "data.path=DIR/good.csv data.label=y network.hidden=[60000,60000] ~ parameters",
                "data.path=DIR/good.csv data.label=y train.learning_rate=3e38 train.epochs=20 select.top_k=1"
                        + " ~ no longer finite",
                "data.path=DIR/good.csv data.label=y train.master=mpi ~ train.master must be one of winnow | dl4j, got mpi",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.outer=nesterov ~ train.outer must be none where train.master=dl4j, got nesterov",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.patience=3 ~ train.patience must be 0 where train.master=dl4j, got 3",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.checkpoint.dir=DIR/c ~ train.checkpoint.dir must be empty where train.master=dl4j",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.resume=DIR/c ~ train.resume must be auto or never where train.master=dl4j",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.penalty_schedule=[1:0,2:1] ~ train.penalty_schedule must be empty where",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.temperature_schedule=[1:1] ~ train.temperature_schedule must be empty where",
                "data.path=DIR/good.csv data.label=y train.master=dl4j train.learning_rate_schedule=[1:1] ~ train.learning_rate_schedule must be empty where",
                "data.path=DIR/good.csv data.label=y select.top_k=3"
                        + " ~ select.top_k must be at most the number of gates, 2, got 3",
                "data.path=DIR/good.csv data.label=y gates.groups=[[a]] ~ gates.groups: no group has b",
                "data.path=DIR/good.csv data.label=y gates.groups=[[a,b],[b]] ~ \"b\" is named twice",
                "data.path=DIR/good.csv data.label=y gates.groups=[[a,b,c]] ~ \"c\", which is not a feature",
            })
    void isAnsweredInOneSentence(String words, String expected) throws IOException {
        JobRun run = select(words);
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        List<String> lines =
                run.err().lines().filter(line -> !line.startsWith("warning:")).toList();
        assertTrue(lines.get(lines.size() - 1).startsWith("select: "), run.err());
        assertTrue(lines.get(lines.size() - 1).contains(expected), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
        assertEquals("", run.out());
        assertNothingWritten();
    }

    @Test
    void anUnwritableOutputFolderIsAnsweredBeforeTraining() throws IOException {
        JobRun run = JobRun.of(
                SelectJob.runner(),
                "data.path=" + dir.resolve("good.csv"),
                "data.label=y",
                "output.dir=" + dir.resolve("good.csv").resolve("results"));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().startsWith("select: output.dir: cannot write to "), run.err());
        assertNothingWritten();
    }

    @Test
    void placesThatAreNoneAreAnswered() throws IOException {
        for (String place : List.of("/", "a:b", "nosuch://host/folder")) {
            JobRun run = JobRun.of(
                    SelectJob.runner(),
                    "data.path=" + dir.resolve("good.csv"),
                    "data.label=y",
                    "output.overwrite=true",
                    "output.dir=" + place);
            assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
            assertTrue(run.err().startsWith("select: output.dir: "), run.err());
        }
    }

    @Test
    void noFolderIsLeftBehind() throws IOException {
        JobRun run = JobRun.of(
                SelectJob.runner(),
                "data.path=" + dir.resolve("nothing.csv"),
                "data.label=y",
                "output.dir=" + dir.resolve("results/deep/down"));
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertNothingWritten();
    }

    @Test
    void aConstantFeatureIsWarnedOfAndDropped() throws IOException {
        write("constant.csv", rows("a,b,c,y", i -> i * 31 % 61 + "," + i * 7 % 11 + ",5," + i % 2));
        JobRun run = select("data.path=DIR/constant.csv data.label=y train.epochs=1 select.top_k=1"
                + " gates.groups=[[a],[b,c]] select.finetune_epochs=1");
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertTrue(run.err().lines().anyMatch(line -> line.startsWith("warning:") && line.contains("c")), run.err());
        assertEquals(3, Files.readAllLines(dir.resolve("results/features.csv")).size());
    }

    private JobRun select(String words) {
        return JobRun.of(
                SelectJob.runner(),
                Stream.concat(
                                Stream.of(words.replace("DIR", dir.toString()).split(" ")),
                                Stream.of("output.dir=" + dir.resolve("results")))
                        .toArray(String[]::new));
    }

    private void assertNothingWritten() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            assertEquals(
                    List.of(),
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.startsWith("results") || name.startsWith(".results"))
                            .toList());
        }
    }

    @Test
    void whatALibrarySaysOfTheInputIsNotOurFault() {
        JobRunner<SelectConfig> runner = new JobRunner<>("select", "", SelectConfig.class, (spark, config) -> {
            throw new IllegalStateException(new ConnectException("Connection refused"));
        });
        JobRun run = JobRun.of(runner, "data.path=x.csv");
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertEquals("select: no connection: Connection refused\n", run.err());
    }

    @Test
    void charactersThatSteerATerminalAreWrittenOut() throws IOException {
        write("red.csv", rows("a,b,y", i -> i * 31 % 61 + ",\u001b[31m" + i % 3 + "," + i % 2));
        JobRun run = select("data.path=DIR/red.csv data.label=b data.task=regression");
        assertEquals(JobRunner.INPUT_WRONG, run.exitCode(), run.err());
        assertTrue(run.err().contains("\"\\u001b[31m1\" is not a number"), run.err());
    }
}
