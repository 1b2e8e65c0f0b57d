package org.winnow.job;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** {@code jobs/bench.sh NAME}: the figures of the README, measured again. */
public final class BenchJob {
    private BenchJob() {}

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** {@code --data DIR} means {@code data=DIR}. */
    private static String[] dataAsKey(String... words) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < words.length; i++) {
            boolean data = words[i].equals("--data") && i + 1 < words.length;
            keys.add(data ? "data=" + words[++i] : words[i]);
        }
        return keys.toArray(String[]::new);
    }

    private static int run(String... args) {
        List<JobRunner<?>> benchmarks = List.of(
                SelectionBench.runner(),
                SelectorsBench.runner(),
                PeersBench.runner(),
                FdrBench.runner(),
                InteractionsBench.runner(),
                MnistBench.runner(),
                StartBench.runner(),
                RoundsBench.runner(),
                ScalingBench.runner(),
                ConvergenceBench.runner(),
                LayersBench.runner(),
                CompareBench.runner(),
                TablesBench.runner());
        String name = args.length == 0 ? "" : args[0];
        for (JobRunner<?> benchmark : benchmarks) {
            if (benchmark.script().equals("bench " + name)) {
                return benchmark.run(dataAsKey(Arrays.copyOfRange(args, 1, args.length)));
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
