package org.winnow.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.winnow.doctor.Environment.Memory;
import org.winnow.doctor.Finding.Level;

/** Each examination finds what it is there for, in an environment made up, and nothing else does. */
class ExaminationTest {
    private static final long GIB = 1L << 30;
    private static final Memory ROOMY = new Memory(GIB, GIB, 2 * GIB, 4 * GIB);
    private static final Environment GOOD =
            new Environment("driver", 17, List.of(), true, "2.12.18", "", 1, 1, ROOMY, "");

    private static Environment java(int version) {
        return new Environment("driver", version, List.of(), true, "2.12.18", "", 1, 1, ROOMY, "");
    }

    private static Environment scala(String version) {
        return new Environment("driver", 17, List.of(), true, version, "", 1, 1, ROOMY, "");
    }

    private static Environment closed(String name) {
        return new Environment("driver", 17, List.of(name), true, "2.12.18", "", 1, 1, ROOMY, "");
    }

    private static Environment threads(int threads) {
        return new Environment("driver", 17, List.of(), true, "2.12.18", "", threads, 1, ROOMY, "");
    }

    private static Environment memory(long process, long container) {
        Memory memory = new Memory(GIB, GIB, process, container);
        return new Environment("driver", 17, List.of(), true, "2.12.18", "", 1, 1, memory, "");
    }

    private static Environment faults(boolean vector, String library, String files) {
        return new Environment("driver", 17, List.of(), vector, "2.12.18", library, 1, 1, ROOMY, files);
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of(new JavaVersion(), java(11), Level.FAILURE, "JDK 11"),
                Arguments.of(new JavaVersion(), java(21), Level.FAILURE, "JDK 21"),
                Arguments.of(new OpenPackages(), closed("java.base/sun.nio.ch"), Level.FAILURE, "sun.nio.ch"),
                Arguments.of(new VectorModule(), faults(false, "", ""), Level.FAILURE, "missing"),
                Arguments.of(new ScalaVersion(), scala("2.13.8"), Level.FAILURE, "2.13.8"),
                Arguments.of(new NativeLibrary(), faults(true, "no jnind4jcpu", ""), Level.FAILURE, "no jnind4jcpu"),
                Arguments.of(new NativeThreads(), threads(0), Level.WARNING, "as many as processors"),
                Arguments.of(new NativeThreads(), threads(2), Level.WARNING, "a task has 1"),
                Arguments.of(new MemoryBounds(), memory(2 * GIB, GIB), Level.FAILURE, "does not fit"),
                Arguments.of(new MemoryBounds(), memory(8 * GIB, 3 * GIB), Level.WARNING, "8192 MiB"),
                Arguments.of(new MemoryBounds(), memory(0, 3 * GIB), Level.WARNING, "never"),
                Arguments.of(new FileWriting(), faults(true, "", "cannot rename"), Level.FAILURE, "cannot rename"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsWrongIsSaidWithItsCure(Examination examination, Environment environment, Level level, String words) {
        Finding finding = examination.of(environment);
        assertEquals(level, finding.level());
        assertTrue(finding.what().contains(words), finding.what());
        assertFalse(finding.cure().isEmpty());
        for (Examination other : Examination.all()) {
            if (other.getClass() != examination.getClass()) {
                assertEquals(
                        Level.OK,
                        other.of(environment).level(),
                        other.getClass().getSimpleName());
            }
        }
    }

    @Test
    void nothingIsWrongWithAGoodOne() {
        for (Examination examination : Examination.all()) {
            Finding finding = examination.of(GOOD);
            assertEquals(Level.OK, finding.level(), finding.what());
            assertTrue(finding.cure().isEmpty());
        }
    }

    @Test
    void thisProcessHasWhatTestsAreStartedWith() {
        Environment here = Probe.here("here", 1, 0, "");
        assertEquals(List.of(), here.closedPackages());
        assertTrue(here.vectorModule());
        assertEquals("", here.nativeFault());
        assertEquals(17, here.javaVersion());
        assertTrue(here.memory().heap() > 0
                && here.memory().container() > here.memory().heap());
        assertEquals(GIB, Probe.here("here", 1, GIB, "").memory().container());
    }

    @Test
    void threadsAreReadOffTheVariable() {
        assertEquals(4, Probe.nativeThreads(Map.of("OMP_NUM_THREADS", "4")));
        assertEquals(0, Probe.nativeThreads(Map.of()));
        assertEquals(0, Probe.nativeThreads(Map.of("OMP_NUM_THREADS", "many")));
    }

    @Test
    void theListOfOpenPackagesIsThatOfTheJobs() throws IOException {
        List<String> jobs = Files.readAllLines(Path.of("conf/spark-defaults.conf")).stream()
                .filter(line -> line.contains("extraJavaOptions"))
                .toList();
        assertEquals(2, jobs.size());
        for (String line : jobs) {
            List<String> opened = Stream.of(line.split("\\s+"))
                    .filter(word -> word.startsWith("--add-opens="))
                    .map(word -> word.replace("--add-opens=", "").replace("=ALL-UNNAMED", ""))
                    .toList();
            assertEquals(Probe.OPENED, opened);
        }
    }
}
