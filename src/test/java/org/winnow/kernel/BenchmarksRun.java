package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs benchmarks when it is named: {@code mvn test -Dtest=BenchmarksRun -Djmh=exp}, a pattern of their names. */
class BenchmarksRun {
    @Test
    void ofThePattern() throws RunnerException {
        String pattern = System.getProperty("jmh", ".*");
        assertFalse(new Runner(new OptionsBuilder()
                        .include("org\\.winnow\\..*Benchmarks\\." + pattern)
                        .build())
                .run()
                .isEmpty());
    }
}
