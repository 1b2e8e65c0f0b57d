package org.winnow.job;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code jobs/bench.sh NAME}: the figures of the README, measured again. */
public final class BenchJob {
    private BenchJob() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    private static int run(String... args) {
        List<JobRunner<?>> benchmarks = List.of(
                SelectionBench.runner(),
                RoundsBench.runner(),
                ScalingBench.runner(),
                ConvergenceBench.runner(),
                TablesBench.runner());
        String name = args.length == 0 ? "" : args[0];
        for (JobRunner<?> benchmark : benchmarks) {
            if (benchmark.script().equals("bench " + name)) {
                return benchmark.run(Arrays.copyOfRange(args, 1, args.length));
            }
        }
        String names = benchmarks.stream()
                .map(benchmark -> "  " + benchmark.script().replace("bench ", "") + "  " + benchmark.purpose())
                .collect(Collectors.joining("\n"));
        String usage = "Usage: jobs/bench.sh NAME [--conf FILE] [key=value ...]\n\n" + names;
        if (name.equals("--help") || name.equals("-h")) {
            System.out.println(usage);
            return JobRunner.DONE;
        }
        System.err.println("bench: " + (name.isEmpty() ? "no benchmark named" : "no benchmark " + name) + "\n" + usage);
        return JobRunner.INPUT_WRONG;
    }
}
