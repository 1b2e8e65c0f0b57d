package org.winnow.job;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.winnow.check.UserError;

/** Keys that do nothing are refused, where nothing makes them do something. */
class IdleKeysTest {
    @TempDir
    Path dir;

    private static void check(Class<? extends Record> type, String... words) {
        JobRunner.read(type, Arguments.parse(words));
    }

    private static String refused(Class<? extends Record> type, String... words) {
        return assertThrows(UserError.class, () -> check(type, words)).getMessage();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "network.path=n.zip network.activation=tanh ~ network.activation",
                "network.path=n.zip network.image=[1,2,3] ~ network.image",
                "data.test_files=t* data.test_fraction=0.3 ~ data.test_fraction",
                "dense.epochs=0 dense.learning_rate=0.1 ~ dense.learning_rate",
                "finetune.epochs=0 finetune.learning_rate_schedule=0:1 ~ finetune.learning_rate_schedule",
                "prune.method=magnitude prune.reg_weight=2 ~ prune.reg_weight",
                "prune.method=lasso prune.initial=.*:1 ~ prune.initial",
                "prune.method=vd prune.temperature_factor=3 ~ prune.temperature_factor",
                "prune.unit=neuron ~ prune.unit",
                "prune.pace=cubic ~ prune.pace",
                "prune.search_tries=3 ~ prune.search_tries",
                "prune.ablate_repeats=3 ~ prune.ablate_repeats",
                "train.outer_momentum=0.5 ~ train.outer_momentum",
                "train.checkpoint.keep=3 ~ train.checkpoint.keep",
            })
    void keysOfPruningThatDoNothingAreNamed(String words, String key) {
        String message = refused(PruneConfig.class, ("data.path=a " + words).split(" ", -1));
        assertTrue(message.startsWith(key + " has no effect with "), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "select.top_k=3 select.threshold=0.4 ~ select.threshold",
                "select.fdr=0.1 select.threshold=0.4 ~ select.threshold",
                "select.finetune_epochs=0 select.finetune_learning_rate=0.1 ~ select.finetune_learning_rate",
                "gates.temperature=0.5 ~ gates.temperature",
                "gates.distribution=binary_concrete gates.std=1 ~ gates.std",
                "sweep.samples=3 ~ sweep.samples",
                "sweep.warm_start_epochs=0.5 ~ sweep.warm_start_epochs",
                "sweep.rungs=3 ~ sweep.rungs",
                "sweep.target_steps=3 ~ sweep.target_steps",
            })
    void keysOfSelectionsAndSweepsThatDoNothingAreNamed(String words, String key) {
        String message = refused(SweepConfig.class, ("data.path=a " + words).split(" ", -1));
        assertTrue(message.startsWith(key + " has no effect with "), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "select.by=ranking gates.reg_weight=0.02 ~ gates.reg_weight",
                "select.by=ranking select.threshold=0.4 ~ select.threshold",
                "select.by=ranking select.finetune_epochs=3 ~ select.finetune_epochs",
            })
    void keysOfGatesDoNothingInARanking(String words, String key) {
        String message = refused(SelectConfig.class, ("data.path=a " + words).split(" ", -1));
        assertTrue(message.startsWith(key + " has no effect with select.by=ranking"), message);
    }

    @Test
    void theMessageSaysWhatTakesTheEffectAway() {
        assertEquals(
                "network.layers has no effect with network.path=n.zip; leave it out, or change network.path",
                refused(PruneConfig.class, "data.path=a", "network.path=n.zip", "network.layers=3"));
    }

    @Test
    void whatAnAxisDecidesIsNotRefused() {
        assertDoesNotThrow(() ->
                check(SweepConfig.class, "data.path=a", "sweep.space.select.top_k=[0,3]", "select.threshold=0.4"));
        assertDoesNotThrow(() -> check(
                SweepConfig.class,
                "data.path=a",
                "sweep.space={gates.distribution=[gaussian,binary_concrete], gates.std={from=0.1,to=1}}"));
        assertTrue(refused(SweepConfig.class, "data.path=a", "sweep.space={gates.temperature=[0.3,0.5]}")
                .startsWith("gates.temperature has no effect with gates.distribution=gaussian"));
        assertDoesNotThrow(() -> check(
                PruneConfig.class,
                "data.path=a",
                "prune.method=magnitude",
                "prune.layer_methods={vd=[out]}",
                "prune.reg_weight=2"));
    }

    @Test
    void aCommandLineMayMakeKeysOfAFileIdle() throws IOException {
        Path file = Files.writeString(dir.resolve("a.conf"), "data.path = a, network.layers = [3]");
        assertDoesNotThrow(() -> check(PruneConfig.class, "--conf", file.toString(), "network.path=n.zip"));
        Path both = Files.writeString(dir.resolve("b.conf"), "data.path = a, network { layers = [3], path = n.zip }");
        assertTrue(refused(PruneConfig.class, "--conf", both.toString()).startsWith("network.layers has no effect"));
    }

    static List<Path> bundled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("conf"))) {
            return files.filter(file -> file.toString().endsWith(".conf")
                            && !file.toString().contains("spark"))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("bundled")
    void bundledConfigurationsHaveNoIdleKeys(Path bundled) throws IOException {
        String name = bundled.getFileName().toString();
        Path file =
                Files.writeString(dir.resolve(name), Files.readString(bundled).replace("${WINNOW_HOME}", ""));
        Class<? extends Record> type = name.equals("sweep-prune.conf")
                ? SweepPruneConfig.class
                : name.startsWith("sweep")
                        ? SweepConfig.class
                        : name.startsWith("prune") ? PruneConfig.class : SelectConfig.class;
        JobRunner.read(type, new Arguments(Optional.of(file), Map.of("data.path", "a"), false, false));
    }
}
