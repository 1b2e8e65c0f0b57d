package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.winnow.job.QuickRuns.PRUNE;
import static org.winnow.job.QuickRuns.SELECT;
import static org.winnow.job.QuickRuns.SWEEP;
import static org.winnow.job.QuickRuns.assertOneSentence;
import static org.winnow.job.QuickRuns.filesBelow;
import static org.winnow.job.QuickRuns.select;
import static org.winnow.job.QuickRuns.some;
import static org.winnow.job.QuickRuns.words;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.protocol.DSQuotaExceededException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.winnow.SparkTest;
import org.winnow.data.EncoderJson;
import org.winnow.file.BitFlips;
import org.winnow.file.Manifest;
import org.winnow.file.StrictJson;
import org.winnow.report.ReportSource;
import org.winnow.sweep.Ledger;

/** What jobs promise under faults: nothing lost, no number that was not computed, one sentence, no trace. */
class FaultsTest {
    @TempDir
    Path dir;

    private JobRun predict(Path model, Path to) throws IOException {
        Path rows = dir.resolve("rows.csv");
        Files.writeString(rows, "x1,x2,x3,x4\n0.1,0.2,0,0\n1.5,-0.4,0,0\n");
        return JobRun.of(PredictJob.runner(), "model.dir=" + model, "data.path=" + rows, "output.path=" + to);
    }

    @Test
    void bracketsInAPlaceAreAName() throws IOException {
        Path place = dir.resolve("run[1]");
        JobRun run = select(place.toString());
        assertEquals(JobRunner.DONE, run.exitCode(), run.err());
        assertEquals(
                JobRunner.DONE,
                predict(place.resolve("model"), dir.resolve("p.csv")).exitCode());
        JobRun report = JobRun.of(ReportJob.runner(), "results.dir=" + place);
        assertEquals(JobRunner.DONE, report.exitCode(), report.err());
    }

    @Test
    void aBitFlippedAnywhereInResultsIsNoticedBeforeANumberIsMadeOfIt() throws IOException {
        Path place = dir.resolve("results");
        assertEquals(JobRunner.DONE, select(place.toString()).exitCode());
        Random random = new Random(1);
        for (Path file : filesBelow(place)) {
            String name = place.relativize(file).toString();
            if (name.endsWith("_SUCCESS") || !ResultFolder.isSealed(name)) {
                continue;
            }
            byte[] whole = Files.readAllBytes(file);
            byte[] flipped = whole.clone();
            flipped[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
            Files.write(file, flipped);
            JobRun report = JobRun.of(ReportJob.runner(), "results.dir=" + place);
            assertEquals(JobRunner.INPUT_WRONG, report.exitCode(), name);
            assertOneSentence(report, "report: results.dir: " + place + " is not as it was left: ");
            if (name.startsWith("model/")) {
                JobRun predict = predict(place.resolve("model"), dir.resolve("never.csv"));
                assertEquals(JobRunner.INPUT_WRONG, predict.exitCode(), name);
                assertOneSentence(predict, "predict: model.dir: ");
            }
            Files.write(file, whole);
        }
        assertFalse(Files.exists(dir.resolve("never.csv")));
        assertEquals(
                JobRunner.DONE,
                JobRun.of(ReportJob.runner(), "results.dir=" + place).exitCode());
    }

    @Test
    void anyBitFlippedInAnyFileOfResultsIsNoticed() throws IOException {
        Path place = dir.resolve("results");
        assertEquals(JobRunner.DONE, select(place.toString()).exitCode());
        flipBits(place, place);
    }

    /** Prune's files and a sweep's are sealed by the same code; the long suite flips their bits too. */
    @Test
    @EnabledIfSystemProperty(named = "winnow.flips", matches = "\\d+")
    void anyBitFlippedInFilesOfPruneAndSweepIsNoticed() throws IOException {
        Path pruned = dir.resolve("pruned");
        JobRun prune = JobRun.of(PruneJob.runner(), words(PRUNE, some("output.dir=" + pruned)));
        assertEquals(JobRunner.DONE, prune.exitCode(), prune.err());
        flipBits(pruned, pruned);
        Path swept = dir.resolve("swept");
        String[] words = words(SWEEP, some("output.dir=" + swept));
        JobRun sweep = JobRun.of(SweepJob.runner(words), words);
        assertEquals(JobRunner.DONE, sweep.exitCode(), sweep.err());
        flipBits(swept, swept.resolve("tables"));
        Configuration hadoop = new Configuration();
        for (String file : Ledger.trainings(swept.resolve("ledger").toString(), hadoop)) {
            BitFlips.in(Path.of(URI.create(file)), () -> StrictJson.write(Ledger.read(file, hadoop)));
        }
    }

    /**
     * Flips bits of all files below a folder that a number may be read of: by reports, and by predictions.
     *
     * @param results as {@code jobs/report.sh} is given them
     */
    private static void flipBits(Path results, Path folder) throws IOException {
        Configuration hadoop = SparkTest.session().sparkContext().hadoopConfiguration();
        org.apache.hadoop.fs.Path sealed = new org.apache.hadoop.fs.Path(folder.toUri());
        FileSystem files = sealed.getFileSystem(hadoop);
        ReportSource report = new ReportSource(
                SparkTest.session(), files, results.toString(), new org.apache.hadoop.fs.Path(results.toUri()));
        for (Path file : filesBelow(folder)) {
            String name = folder.relativize(file).toString();
            if (Files.size(file) == 0 || !ResultFolder.isSealed(name)) {
                continue;
            }
            BitFlips.in(file, () -> {
                report.verify();
                return Manifest.read(files, sealed);
            });
            if (name.startsWith("model/")) {
                BitFlips.in(file, () -> {
                    SavedModel model = SavedModel.read(folder.resolve("model").toString(), hadoop);
                    return List.of(
                            EncoderJson.write(model.encoder()),
                            model.network().configuration(),
                            Arrays.toString(model.network().parameters()));
                });
            }
        }
    }

    @Test
    void resultsWithoutTheirManifestAreNone() throws IOException {
        Path place = dir.resolve("half");
        assertEquals(JobRunner.DONE, select(place.toString()).exitCode());
        Files.delete(place.resolve("manifest.json"));
        Files.delete(place.resolve("model/manifest.json"));
        JobRun report = JobRun.of(ReportJob.runner(), "results.dir=" + place);
        assertEquals(JobRunner.INPUT_WRONG, report.exitCode());
        assertOneSentence(report, "report: results.dir: ");
        assertTrue(report.err().contains("has no manifest.json, which is written last"), report.err());
        JobRun predict = predict(place.resolve("model"), dir.resolve("never.csv"));
        assertEquals(JobRunner.INPUT_WRONG, predict.exitCode());
        assertTrue(predict.err().contains("has no manifest.json, which is written last"), predict.err());
    }

    @Test
    void aModelOfVersion01HasNoManifestAndStillAnswers() throws IOException {
        Path place = dir.resolve("first");
        assertEquals(JobRunner.DONE, select(place.toString()).exitCode());
        Path model = place.resolve("model");
        assertEquals(JobRunner.DONE, predict(model, dir.resolve("now.csv")).exitCode());
        Files.delete(model.resolve("manifest.json"));
        Path encoder = model.resolve("encoder.json");
        String json = Files.readString(encoder);
        String first = json.replaceAll(",\\s*\"limit\"\\s*:\\s*[^,}]+", "")
                .replaceFirst("(\"schema_version\"\\s*:\\s*)2", "$11");
        assertNotEquals(json, first);
        Files.writeString(encoder, first);
        JobRun predict = predict(model, dir.resolve("first.csv"));
        assertEquals(JobRunner.DONE, predict.exitCode(), predict.err());
        assertTrue(predict.err().contains("was saved by version 0.1, without manifest.json"), predict.err());
        assertEquals(Files.readString(dir.resolve("now.csv")), Files.readString(dir.resolve("first.csv")));
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(
                        new OutOfMemoryError("Java heap space"),
                        "out of memory, with \\d+ MiB of heap in the driver; DRIVER_MEMORY=8g before the command raises that,"
                                + " and .*"),
                Arguments.of(
                        new Error(new IOException("Disk quota exceeded")),
                        "a quota is used up where this run writes: output.dir .*; make room there or have it raised, or"
                                + " give another place, .*"),
                Arguments.of(
                        new DSQuotaExceededException("The DiskSpace quota of /user/me is exceeded"),
                        "a quota is used up where this run writes: output.dir .*"),
                Arguments.of(
                        new IllegalStateException(new IOException("Read-only file system")),
                        "a place where this run writes can only be read: output.dir .*; have it mounted for writing, .*"),
                Arguments.of(
                        new AssertionError("that cannot be"),
                        "failed, and not by your input: java.lang.AssertionError: that cannot be .*"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void whateverIsThrownIsOneSentenceAndTheTraceIsInAFile(Throwable fault, String sentence) throws IOException {
        JobRunner<SelectConfig> runner =
                new JobRunner<>("select", "Fails.", SelectConfig.class, (spark, config) -> throwAny(fault));
        JobRun run = JobRun.of(runner, words(SELECT, some("output.dir=" + dir.resolve("out"))));
        assertEquals(JobRunner.OUR_FAULT, run.exitCode());
        assertTrue(run.err().strip().matches("select: " + sentence + "\\(the trace is in .*\\.log\\)"), run.err());
        Path log = Path.of(run.err().replaceFirst("(?s).*the trace is in (.*)\\)\\s*", "$1"));
        assertTrue(Files.readString(log).contains("\tat "));
        Files.delete(log);
    }

    @SuppressWarnings("unchecked")
    private static <E extends Throwable> void throwAny(Throwable fault) throws E {
        throw (E) fault;
    }
}
