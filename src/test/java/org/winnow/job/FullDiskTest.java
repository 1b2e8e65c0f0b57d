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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.SparkTest;
import org.winnow.file.AtomicRename;
import org.winnow.file.FullDisk;

/** A disk that fills at any moment: one sentence, nothing half written, and with room again the same command goes on. */
class FullDiskTest {
    @TempDir
    Path dir;

    @Test
    void aDiskThatIsFullAfterAnyNumberOfWritesIsOneSentenceAndNothingIsLeft() throws IOException {
        Configuration hadoop = SparkTest.session().sparkContext().hadoopConfiguration();
        long plenty = 1_000_000;
        FullDisk.room(plenty, hadoop);
        JobRun undisturbed = select("full://" + dir.resolve("all/out"));
        assertEquals(JobRunner.DONE, undisturbed.exitCode(), undisturbed.err());
        long writes = plenty - FullDisk.left();
        // The lease is renewed now and then, so that no two runs have the same number of writes.
        boolean renames = false;
        for (long moment : new long[] {0, 2, 7, writes / 3, writes * 2 / 3, writes * 9 / 10}) {
            renames = !renames;
            hadoop.set(AtomicRename.SETTING, renames ? "full" : "");
            FullDisk.room(moment, hadoop);
            JobRun full = select("full://" + dir.resolve("some/out"));
            assertNotEquals(JobRunner.DONE, full.exitCode(), "after " + moment + " of " + writes);
            assertOneSentence(full, "select: no space is left where this run writes: output.dir full:");
            assertSaysHowMuch(full);
            FullDisk.room(plenty, hadoop);
            assertFalse(Files.exists(dir.resolve("some")), "after " + moment + ": " + full.err());
        }
        assertEquals(JobRunner.DONE, select("full://" + dir.resolve("some/out")).exitCode());
        assertEquals(
                Files.readString(dir.resolve("all/out/features.csv")),
                Files.readString(dir.resolve("some/out/features.csv")));
    }

    /** With what and the cure. */
    private static void assertSaysHowMuch(JobRun full) {
        assertTrue(
                full.err()
                        .lines()
                        .anyMatch(line -> line.matches(
                                ".* left\\); at least [\\d,]+ [KM]iB are needed for .+; make room there, or give .*")),
                full.err());
    }

    /** All jobs that write as they go: results, checkpoints, ledgers. */
    @ParameterizedTest
    @ValueSource(strings = {"select", "prune", "sweep"})
    @EnabledIfSystemProperty(named = "winnow.full.every", matches = "\\d+")
    void aDiskThatFillsAtEveryHundredthWriteLosesNothing(String job) throws IOException {
        Configuration hadoop = SparkTest.session().sparkContext().hadoopConfiguration();
        long plenty = 1_000_000;
        FullDisk.room(plenty, hadoop);
        assertEquals(JobRunner.DONE, onFullDisk(job, "peace").exitCode());
        long writes = plenty - FullDisk.left();
        long runs = 0;
        long every = Long.getLong("winnow.full.every", 100);
        for (long moment = 0; moment < writes; moment += every) {
            FullDisk.room(moment, hadoop);
            JobRun full = onFullDisk(job, "full");
            FullDisk.room(plenty, hadoop);
            if (full.exitCode() == JobRunner.DONE) {
                // What earlier runs have done is not done again, so that this one had room enough.
                break;
            }
            runs++;
            assertOneSentence(full, job + ": no space is left where this run writes: output.dir full:");
            assertSaysHowMuch(full);
        }
        assertEquals(JobRunner.DONE, onFullDisk(job, "full").exitCode());
        assertEquals(outcome(job, "peace"), outcome(job, "full"));
        System.out.printf(
                "kept    %s on a disk that fills at each %dth of %d writes, %d times, then with room | one sentence, then"
                        + " the results of an undisturbed run | as promised%n",
                job, every, writes, runs);
    }

    private JobRun onFullDisk(String job, String name) {
        String place = "full://" + dir.resolve(name);
        String[] places = some("output.dir=" + place + "/out", "output.overwrite=true");
        String[] checkpoints =
                some("train.checkpoint.dir=" + place + "/checkpoints", "train.checkpoint.every_rounds=1");
        return switch (job) {
            case "select" -> JobRun.of(SelectJob.runner(), words(SELECT, some("train.epochs=3"), places, checkpoints));
            case "prune" -> JobRun.of(PruneJob.runner(), words(PRUNE, places, checkpoints));
            default -> {
                String[] words = words(SWEEP, some("output.dir=" + place + "/out"));
                yield JobRun.of(SweepJob.runner(words), words);
            }
        };
    }

    private String outcome(String job, String name) throws IOException {
        Path out = dir.resolve(name).resolve("out");
        return switch (job) {
            case "select" -> Files.readString(out.resolve("features.csv"));
            case "prune" -> Arrays.toString(Files.readAllBytes(out.resolve("model/network.zip")));
            default ->
                filesBelow(out.resolve("ledger")).stream()
                        .map(file -> file.getFileName().toString())
                        .toList()
                        .toString();
        };
    }

    @Test
    void predictionsOnAFullDiskAreOneSentence() throws IOException {
        Configuration hadoop = SparkTest.session().sparkContext().hadoopConfiguration();
        Path place = dir.resolve("results");
        assertEquals(JobRunner.DONE, select(place.toString()).exitCode());
        for (String name : List.of("p.csv", "p.parquet")) {
            FullDisk.room(2, hadoop);
            Path rows = dir.resolve("rows.csv");
            Files.writeString(rows, "x1,x2,x3,x4\n0.1,0.2,0,0\n1.5,-0.4,0,0\n");
            String to = "full://" + dir.resolve("predicted/" + name);
            JobRun full = JobRun.of(
                    PredictJob.runner(),
                    "model.dir=" + place.resolve("model"),
                    "data.path=" + rows,
                    "output.path=" + to);
            assertOneSentence(full, "predict: no space is left where this run writes: output.path full:");
            assertSaysHowMuch(full);
            FullDisk.room(1_000_000, hadoop);
            assertFalse(Files.exists(dir.resolve("predicted")));
        }
    }
}
