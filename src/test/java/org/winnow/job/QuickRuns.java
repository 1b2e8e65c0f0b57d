package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Jobs that take a second, and what tests of faults ask of them. */
final class QuickRuns {
    static final String[] SELECT = {
        "data.path=synthetic:two-moons?rows=200&noise_features=2",
        "train.epochs=1",
        "select.finetune_epochs=1",
        "select.top_k=2",
        "train.shards=2"
    };

    static final String[] PRUNE = {
        SELECT[0],
        "network.layers=8",
        "dense.epochs=2",
        "train.epochs=2",
        "finetune.epochs=1",
        "output.measure_seconds=0.01"
    };
    static final String[] SWEEP = {
        SELECT[0], "train.epochs=2", "select.finetune_epochs=1", "sweep.space.gates.reg_weight=[0.01, 0.1]"
    };

    private QuickRuns() {}

    static JobRun select(String place, String... words) {
        return JobRun.of(SelectJob.runner(), words(SELECT, some("output.dir=" + place), words));
    }

    /** All words, one after the other. */
    static String[] words(String[]... parts) {
        return Stream.of(parts).flatMap(Stream::of).toArray(String[]::new);
    }

    static String[] some(String... words) {
        return words;
    }

    static List<Path> filesBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    static void assertOneSentence(JobRun run, String start) {
        List<String> lines = run.err().lines().toList();
        assertTrue(lines.get(lines.size() - 1).startsWith(start), run.err());
        assertFalse(run.err().contains("\tat "), run.err());
    }
}
