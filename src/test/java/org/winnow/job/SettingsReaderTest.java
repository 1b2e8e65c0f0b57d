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
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.winnow.check.UserError;
import org.winnow.select.GateOptions;
import org.winnow.train.NetworkOptions;

class SettingsReaderTest {
    @TempDir
    Path dir;

    private static SelectConfig read(Map<String, String> overrides) {
        return SettingsReader.read(SelectConfig.class, Optional.empty(), overrides);
    }

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("some.conf"), text);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                CompareBench.Config.class,
                LayersBench.Config.class,
                RoundsBench.Config.class,
                ScalingBench.Config.class,
                SelectionBench.Config.class,
                SelectorsBench.Config.class,
                TablesBench.Config.class
            })
    void benchmarksNeedNoKeys(Class<? extends Record> config) {
        assertDoesNotThrow(() -> SettingsReader.read(config, Optional.empty(), Map.of()));
    }

    @ParameterizedTest
    @ValueSource(classes = {CompareBench.Config.class, LayersBench.Config.class})
    void benchmarksOfLayersSayWhichKindsThereAre(Class<? extends Record> config) {
        assertDoesNotThrow(() -> SettingsReader.read(config, Optional.empty(), Map.of("only", "gauss")));
        UserError error = assertThrows(
                UserError.class, () -> SettingsReader.read(config, Optional.empty(), Map.of("only", "gaus5")));
        assertTrue(error.getMessage().startsWith("only must be part of one of dense, "), error.getMessage());
    }

    @ParameterizedTest
    @ValueSource(classes = {ConvergenceBench.Config.class, MnistBench.Config.class})
    void benchmarksOnMnistNeedItsFolder(Class<? extends Record> config) {
        assertThrows(UserError.class, () -> SettingsReader.read(config, Optional.empty(), Map.of()));
        assertDoesNotThrow(() -> SettingsReader.read(config, Optional.empty(), Map.of("data", "mnist")));
    }

    @Test
    void commandLineWinsOverFileAndFileOverDefaults() throws IOException {
        Path file = file("data.path = a.csv\ntrain { epochs = 7, batch_size = 9 }\nnetwork.hidden = [8]");
        SelectConfig config = SettingsReader.read(
                SelectConfig.class, Optional.of(file), Map.of("train.epochs", "3", "data.path", "synthetic:x?a=1&b=2"));
        assertEquals(3, config.train().epochs());
        assertEquals(9, config.train().batchSize());
        assertEquals(10, config.train().averagingFrequency());
        assertEquals(List.of(8), config.network().hidden());
        assertEquals("synthetic:x?a=1&b=2", config.data().path());
    }

    @Test
    void listsEnumsAndGroupsAreReadFromTheCommandLine() {
        SelectConfig config = read(Map.of(
                "data.path", "a",
                "network.hidden", "5,6",
                "network.activation", "tanh",
                "gates.distribution", "binary_concrete",
                "gates.groups", "{size = [a, b], rest = [c]}",
                "data.ignore", "[x]"));
        assertEquals(List.of(5, 6), config.network().hidden());
        assertEquals(NetworkOptions.Activation.TANH, config.network().activation());
        assertEquals(GateOptions.Distribution.BINARY_CONCRETE, config.gates().distribution());
        assertEquals(
                Map.of("size", List.of("a", "b"), "rest", List.of("c")),
                config.gates().groups());
        assertEquals(List.of("x"), config.data().ignore());
        assertEquals(
                Map.of("a+b", List.of("a", "b"), "c", List.of("c")),
                read(Map.of("data.path", "a", "gates.groups", "[[a, b], [c]]"))
                        .gates()
                        .groups());
    }

    @Test
    void anObjectThatIsTypedWholeIsNotMixedWithThatOfTheFile() throws IOException {
        Path file = file("data.path = a\nsweep.space { train.seed = [1, 2], select.threshold = [0.1, 0.2] }\n"
                + "gates.groups { size = [a], rest = [b] }");
        Map<String, String> typed =
                Map.of("sweep.space", "{gates.reg_weight = [1, 2]}", "gates.groups", "{all = [a, b]}");
        SweepConfig config = SettingsReader.read(SweepConfig.class, Optional.of(file), typed);
        assertEquals(Set.of("gates"), config.sweep().space().keySet());
        assertEquals(Map.of("all", List.of("a", "b")), config.gates().groups());
        SweepConfig within =
                SettingsReader.read(SweepConfig.class, Optional.of(file), Map.of("sweep.space.train.seed", "[3]"));
        assertEquals(Set.of("train", "select"), within.sweep().space().keySet());
    }

    @Test
    void dollarsNeedQuotesWhereHoconDoes() {
        assertEquals(
                List.of("$x", "a$", "${b}"),
                read(Map.of("data.path", "a", "data.ignore", "[$x, a$, ${b}]"))
                        .data()
                        .ignore());
        assertEquals(
                List.of("$x", "a,b"),
                read(Map.of("data.path", "a", "data.ignore", "[\"$x\", \"a,b\"]"))
                        .data()
                        .ignore());
    }

    @Test
    void pointsOfSchedulesNeedNoQuotesOnTheCommandLine() {
        for (String words : List.of("[5:0, 20:1]", "5:0,20:1", "[\"5:0\", \"20:1\"]")) {
            assertEquals(
                    List.of("5:0", "20:1"),
                    read(Map.of("data.path", "a", "train.penalty_schedule", words))
                            .train()
                            .penaltySchedule());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "train.epoch~5~unknown key train.epoch (command line); did you mean train.epochs?",
                "train.epochs~many~train.epochs must be a whole number, got many (command line)",
                "train.epochs~1.5~train.epochs must be a whole number, got 1.5 (command line)",
                "train.epochs~0~train.epochs must be in 1 .. 1000000, got 0 (command line)",
                "train~5~train is a section (command line); its keys are train.master, train.epochs,",
                "zzzzzzzzzzzz~5~unknown key zzzzzzzzzzzz (command line)",
                "gates.groups~5~gates.groups must be lists of names, [[a, b], [c]] or {name = [a, b]}, got 5"
                        + " (command line)",
                "gates.groups~{a=[$x]}~gates.groups must be lists of names, [[a, b], [c]] or {name = [a, b]}, got {a=[$x]}"
                        + " (command line): a value with $ needs double quotes around it",
                "gates.groups~{a=[${x}]}~gates.groups must be lists of names, [[a, b], [c]] or {name = [a, b]}, got"
                        + " {a=[${x}]} (command line): Could not resolve substitution to a value: ${x}",
                "data.ignore~[\"a\",$x]~data.ignore must be a list of texts, got [\"a\",$x] (command line): a value with $",
                "gates.std~-1~gates.std must be a finite number above 0, got -1.0 (command line)",
                "gates.distribution~normal~gates.distribution must be one of gaussian | binary_concrete, got normal"
                        + " (command line)",
                "output.overwrite~yes~output.overwrite must be true or false, got yes (command line)",
                "network.hidden~[a]~network.hidden must be a list of whole numbers, got [a] (command line)",
                "select.threshold~1~select.threshold must be in (0.0, 1.0), got 1.0 (command line)",
                "data.test_fraction~1~data.test_fraction must be in [0, 1), got 1.0 (command line)",
            })
    void errorsNameKeyAllowedGotAndWhere(String key, String value, String message) {
        UserError error = assertThrows(UserError.class, () -> read(Map.of("data.path", "a", key, value)));
        assertTrue(error.getMessage().startsWith(message), error.getMessage());
    }

    @Test
    void listsOfConstantsSayWhichThereAre() {
        UserError error = assertThrows(
                UserError.class,
                () -> SettingsReader.read(ScalingBench.Config.class, Optional.empty(), Map.of("units", "[cats]")));
        assertEquals(
                "units must be a list of some of threads, cores, executors, got [cats] (command line)",
                error.getMessage());
        assertEquals(
                List.of(ScalingBench.Unit.CORES),
                SettingsReader.read(ScalingBench.Config.class, Optional.empty(), Map.of("units", "cores"))
                        .units());
    }

    @Test
    void errorsInFilesNameFileAndLine() throws IOException {
        Path unknown = file("data.path = a\ntrain {\n  epohcs = 3\n}");
        UserError error = assertThrows(
                UserError.class, () -> SettingsReader.read(SelectConfig.class, Optional.of(unknown), Map.of()));
        assertTrue(error.getMessage().contains("unknown key train.epohcs"), error.getMessage());
        assertTrue(error.getMessage().contains("some.conf: 3"), error.getMessage());
        assertTrue(error.getMessage().endsWith("did you mean train.epochs?"), error.getMessage());
    }

    @Test
    void missingKeysFilesAndBrokenFilesAreAnswered() throws IOException {
        assertTrue(
                assertThrows(UserError.class, () -> read(Map.of())).getMessage().startsWith("data.path must be given"));
        assertEquals(
                "--conf: no file nowhere.conf",
                assertThrows(
                                UserError.class,
                                () -> SettingsReader.read(
                                        SelectConfig.class, Optional.of(Path.of("nowhere.conf")), Map.of()))
                        .getMessage());
        Path broken = file("train { epochs = ");
        assertTrue(assertThrows(
                        UserError.class, () -> SettingsReader.read(SelectConfig.class, Optional.of(broken), Map.of()))
                .getMessage()
                .contains("is not readable as HOCON"));
    }

    @Test
    void flattenListsEveryKeyThatHelpLists() {
        Map<String, String> flat = SettingsReader.flatten(read(Map.of("data.path", "a")));
        assertEquals(SettingsSchema.of(SelectConfig.class).keys().keySet(), flat.keySet());
        assertEquals("gaussian", flat.get("gates.distribution"));
        String help = Help.of("select", "Selects.", SelectConfig.class);
        flat.keySet().forEach(key -> assertTrue(help.contains("\n  " + key + "  ("), key));
    }

    @Test
    void keysOfAnInlinedRecordAreInTheSectionAbove() {
        Map<String, String> given = Map.of("data.path", "x.csv", "data.separator", "tab", "data.decimal", ",");
        SelectConfig config = read(given);
        assertEquals("tab", config.data().dialect().separator());
        assertEquals(",", SettingsReader.flatten(config).get("data.decimal"));
        UserError error =
                assertThrows(UserError.class, () -> read(Map.of("data.path", "x.csv", "data.encoding", "utf-9")));
        assertEquals(
                "data.encoding must be a character set, as utf-8, windows-1252, iso-8859-1 or utf-16, got \"utf-9\""
                        + " (command line)",
                error.getMessage());
    }
}
