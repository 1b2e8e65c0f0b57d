package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.check.UserError;
import org.winnow.select.SelectOptions.By;

class ImpliedKeysTest {
    @TempDir
    Path dir;

    private static By by(String... words) {
        return JobRunner.read(SelectConfig.class, Arguments.parse(words))
                .select()
                .by();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gates.reg_weight=0.01",
                "gates.std=0.4",
                "select.threshold=0.5",
                "select.finetune_epochs=3",
                "select.by=gates"
            })
    void whoSpeaksOfGatesGetsThem(String word) {
        assertEquals(By.GATES, by("data.path=a", word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"select.top_k=3", "gates.groups={a=[b]}", "train.epochs=3", "select.by=ranking"})
    void allOthersGetARanking(String word) {
        assertEquals(By.RANKING, by("data.path=a", word));
    }

    @Test
    void aFileSpeaksToo() throws IOException {
        Path file = Files.writeString(dir.resolve("a.conf"), "data.path = a, gates.reg_weight = 0.02");
        assertEquals(By.GATES, by("--conf", file.toString()));
        assertEquals(By.RANKING, by("--conf", file.toString(), "select.by=ranking"));
    }

    @Test
    void aSweepTrainsGates() {
        assertEquals(
                By.GATES,
                JobRunner.read(SweepConfig.class, Arguments.parse("data.path=a"))
                        .select()
                        .by());
        UserError ranked = assertThrows(
                UserError.class,
                () -> JobRunner.read(SweepConfig.class, Arguments.parse("data.path=a", "select.by=ranking")));
        assertTrue(ranked.getMessage().startsWith("select.by: a sweep trains gates, so it must be gates, got ranking"));
    }
}
