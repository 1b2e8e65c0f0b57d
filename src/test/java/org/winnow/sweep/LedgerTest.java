package org.winnow.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.winnow.check.UserError;
import org.winnow.file.BitFlips;
import org.winnow.file.Damaged;
import org.winnow.file.JsonMutations;
import org.winnow.file.StrictJson;
import org.winnow.model.AblationResult;
import org.winnow.model.GateResult;
import org.winnow.model.MaskResult;
import org.winnow.model.RelevanceResult;
import org.winnow.model.Score;
import org.winnow.model.TrialResult;

/** What a ledger gives back is what was written into it under that name. */
class LedgerTest {
    private static final Map<String, String> DATA = Map.of("data.path", "abc");

    @TempDir
    Path dir;

    private Ledger open(String job) {
        return Ledger.open(dir.resolve("ledger").toString(), job, DATA, new Configuration());
    }

    private static TrainingResult training(String id) {
        TrialResult row = new TrialResult(
                "t",
                "select",
                "gaussian",
                Map.of("a.b", "1"),
                1,
                2,
                "done",
                3,
                0.5,
                Double.NaN,
                "accuracy",
                0.9,
                0.8,
                0.6,
                0.5,
                1,
                2,
                0.1,
                "");
        NetworkOutcome network = new NetworkOutcome(
                List.of(new RelevanceResult("t", 0.5, "0", 1, 2, "accuracy", 0.9, Double.NaN, 2)),
                List.of(MaskResult.of("t", 0.5, "0", "weight", new long[] {2}, new boolean[] {true, false})),
                List.of(new AblationResult("t", "none", 0, "accuracy", 0.9)),
                10,
                1.5);
        return new TrainingResult(
                id,
                TrainingResult.DONE,
                "",
                0.25,
                new byte[] {1, 2, 3, 4},
                List.of(new GateResult(
                        "t", "gates", 0, "a", 0.5, 0.5, 0.7, 0.5, Double.NaN, 0.5, 0.1, 0.01, Double.NaN, 1, true)),
                List.of(new Rung(0.9, 0.9, 0.5, 1, 2, 3)),
                List.of(new RoundRow(1, 1, 0.5, Double.NaN, List.of(3), 100, 0.5)),
                0.5,
                List.of(new TrialOutcome(row, "r", 0.5, List.of(0), network), TrialOutcome.bare(row, "r", 0.5)));
    }

    @Test
    void trainingsComeBack() {
        try (Ledger ledger = open("select")) {
            ledger.write(training("a"));
            assertEquals(
                    StrictJson.write(training("a")),
                    StrictJson.write(ledger.training("a").orElseThrow()));
            assertEquals(Optional.empty(), ledger.training("b"));
        }
    }

    @Test
    void aSecondSweepIsToldOfTheFirst() {
        try (Ledger first = open("select")) {
            String said = assertThrows(UserError.class, () -> open("select")).getMessage();
            assertTrue(said.contains("/ledger is in use by another run (sweep of "), said);
            first.write(training("a"));
        }
    }

    @Test
    void damagedFilesArePutAsideAndCountAsNotThere() throws IOException {
        Path file = dir.resolve("ledger/training-a.json");
        for (String broken : new String[] {"", "{", "null", "{}\n{}\n"}) {
            try (Ledger ledger = open("select")) {
                ledger.write(training("a"));
                Files.writeString(file, broken);
                assertEquals(Optional.empty(), ledger.training("a"), broken);
                assertTrue(Files.notExists(file));
            }
        }
        assertTrue(Files.exists(dir.resolve("ledger/training-a.json.damaged-4")));
    }

    @Test
    void aDamagedHeaderIsMadeAnewFromTheTrainings() throws IOException {
        Path header = dir.resolve("ledger/sweep.json");
        try (Ledger ledger = open("select")) {
            ledger.write(training("a"));
        }
        for (String broken : new String[] {"", "{", "null"}) {
            Files.writeString(header, broken);
            try (Ledger ledger = open("select")) {
                assertTrue(ledger.training("a").isPresent());
            }
        }
        Files.delete(header);
        assertTrue(assertThrows(UserError.class, () -> open("prune"))
                .getMessage()
                .contains("is of the job select, this is prune"));
        open("select").close();
        assertTrue(Files.exists(header));
    }

    @Test
    void aFolderOfOthersIsNoLedger() throws IOException {
        Files.createDirectories(dir.resolve("ledger"));
        Files.writeString(dir.resolve("ledger/thesis.txt"), "of years");
        assertTrue(assertThrows(UserError.class, () -> open("select"))
                .getMessage()
                .contains("is not empty and has no sweep.json"));
    }

    @Test
    void everyFieldIsNeededAndOfItsType() {
        assertStrict(StrictJson.write(training("a")), TrainingResult.class);
        Reference reference =
                new Reference(new Score(10, 0.5, 3), List.of(new Reference.Network("{}", new byte[] {1, 2, 3, 4})));
        assertStrict(StrictJson.write(reference), Reference.class);
    }

    private static void assertStrict(String json, Class<?> type) {
        Map<String, String> all = new LinkedHashMap<>(JsonMutations.wrong(json, "network"));
        all.putAll(JsonMutations.incomplete(json, "params"));
        assertTrue(all.size() > 20, "as many as there are fields");
        all.forEach((what, wrong) -> assertThrows(Damaged.class, () -> StrictJson.read(wrong, type), what));
        JsonMutations.extreme(json).forEach((what, extreme) -> {
            try {
                StrictJson.read(extreme, type);
            } catch (Damaged e) {
                assertTrue(String.valueOf(e.getMessage()).length() > 3, what);
            }
        });
    }

    private void clearDamaged() throws IOException {
        try (var all = Files.list(dir.resolve("ledger"))) {
            for (Path file :
                    all.filter(path -> path.toString().contains(".damaged")).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void bitsFlippedInALedgerAreNoticed() throws IOException {
        Configuration hadoop = new Configuration();
        Reference reference =
                new Reference(new Score(10, 0.5, 3), List.of(new Reference.Network("{}", new byte[] {1, 2, 3, 4})));
        try (Ledger ledger = open("select")) {
            ledger.write(training("a"));
            ledger.write("r", reference);
        }
        Path training = dir.resolve("ledger/training-a.json");
        BitFlips.in(training, () -> StrictJson.write(Ledger.read(training.toString(), hadoop)));
        BitFlips.in(dir.resolve("ledger/reference-r.json"), () -> {
            try (Ledger ledger = open("select")) {
                return StrictJson.write(ledger.reference("r").orElseThrow(() -> new Damaged("put aside")));
            } finally {
                clearDamaged();
            }
        });
        Path header = dir.resolve("ledger/sweep.json");
        BitFlips.in(header, () -> {
            open("select").close();
            return Files.readString(header);
        });
    }
}
