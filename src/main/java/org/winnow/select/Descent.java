package org.winnow.select;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.surgery.Perceptron;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.Head;
import org.winnow.train.NetworkOptions;
import org.winnow.train.Networks;
import org.winnow.train.Predictor;
import org.winnow.train.Run;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;

/**
 * One network that loses its gates by and by, and learns on between: either the last of an order that is given, or those
 * that the network itself needs least ({@link Perceptron#importance}). Backward elimination with a network that is never trained anew, as in optimal cell damage (Cibas et al. 1994).
 */
final class Descent {
    /** How many gates are lost at a time. */
    enum Pace {
        /** 15 % of those that are left. */
        BY_SHARES(0.85),
        ONE_BY_ONE(1);

        private final double kept;

        Pace(double kept) {
            this.kept = kept;
        }

        int after(int gates) {
            return Math.min(gates - 1, (int) (kept * gates));
        }
    }

    private static final int BATCH = 128;
    private static final double RATE = 0.003;
    private static final int FIRST_STEPS = 1500;
    private static final int STEPS = 150;
    /** Of inputs with deviation 1: without it a network of many inputs learns few rows by heart. */
    private static final double NOISE = 0.3;

    /**
     * A network with so many gates.
     *
     * @param losses of each row of validation: the squared error of the answer
     * @param score on all of them
     */
    record Stage(int gates, double[] losses, Score score) {}

    /**
     * What a descent came to.
     *
     * @param order the gates that it began with, the last to be lost first
     * @param stages from many gates to one; empty without rows of validation
     */
    record Result(int[] order, List<Stage> stages) {
        /** The largest stage of at most so many gates. */
        Stage at(int gates) {
            return stages.stream()
                    .filter(stage -> stage.gates() <= gates)
                    .findFirst()
                    .orElseThrow();
        }
    }

    /**
     * Rows of the gates that may be needed.
     *
     * @param gateOfInput the gate of every input of the rows
     * @param fit rows to learn from
     * @param validation rows to judge by; may be none
     */
    record Rows(int[] gateOfInput, Block fit, Block validation) {}

    private final Rows rows;
    private final Pace pace;
    private final Head head;
    private final NetworkOptions options;
    private final long seed;
    private final TrainOptions untrained;
    private final Optional<int[]> prescribed;
    private final Configuration hadoop = new Configuration(false);
    private int[] alive;
    private String configuration;
    private Perceptron network;

    private Descent(Rows rows, int[] begin, boolean along, Pace pace, Head head, NetworkOptions options, long seed) {
        this.rows = rows;
        this.pace = pace;
        this.head = head;
        this.options = options;
        this.seed = seed;
        prescribed = along ? Optional.of(begin) : Optional.empty();
        alive = begin.clone();
        untrained = TrainOptions.of(1, BATCH, RATE, 1, seed);
        List<Integer> widths = new ArrayList<>(options.hidden());
        widths.add(0, inputs().length);
        widths.add(head.width());
        NetworkState built = Networks.build(Optional.empty(), inputs().length, head, options, untrained);
        configuration = built.configuration();
        network = new Perceptron(widths, built.parameters());
    }

    /** Loses the last of an order first. */
    static Result along(Rows rows, int[] order, Pace pace, Head head, NetworkOptions options, long seed) {
        return new Descent(rows, order, true, pace, head, options, seed).descend();
    }

    /** Loses what is least important first. */
    static Result free(Rows rows, int[] begin, Head head, NetworkOptions options, long seed) {
        return new Descent(rows, begin, false, Pace.BY_SHARES, head, options, seed).descend();
    }

    private Result descend() {
        int[] order = new int[alive.length];
        List<Stage> stages = new ArrayList<>();
        learn(FIRST_STEPS);
        while (true) {
            int[] ranked = ranked();
            System.arraycopy(ranked, 0, order, 0, ranked.length);
            if (rows.validation().rows() > 0) {
                stages.add(judged());
            }
            if (alive.length == 1) {
                return new Result(order, stages);
            }
            keep(Arrays.copyOf(ranked, pace.after(ranked.length)));
            learn(STEPS);
        }
    }

    private void learn(int steps) {
        Block fit = rows.fit().keep(inputs());
        int batch = Math.min(BATCH, fit.rows());
        int perEpoch = (fit.rows() + batch - 1) / batch;
        int epochs = (steps + perEpoch - 1) / perEpoch;
        TrainOptions train = TrainOptions.of(epochs, batch, RATE, epochs * perEpoch, seed + alive.length)
                .withInputNoise(NOISE);
        Block none = new Block(0, fit.columns(), new float[0], new float[0]);
        Run run = new Run("ranking-network", hadoop, round -> {});
        try (Shards shards = Shards.inThread(List.of(new Shard(0, fit, none)))) {
            NetworkState learned =
                    AveragingTrainer.fit(shards, state(), head, train, run).network();
            network = new Perceptron(network.widths(), learned.parameters());
        }
    }

    private void keep(int[] gates) {
        int[] before = inputs();
        alive = gates;
        int[] after = inputs();
        int[] places = Arrays.stream(after)
                .map(input -> Arrays.binarySearch(before, input))
                .toArray();
        network = network.narrow(places);
        configuration = Networks.configuration(after.length, head, options, untrained);
    }

    private NetworkState state() {
        return new NetworkState(configuration, network.parameters());
    }

    /** The inputs of the gates that are left, ascending. */
    private int[] inputs() {
        int[] sorted = Arrays.stream(alive).sorted().toArray();
        return IntStream.range(0, rows.gateOfInput().length)
                .filter(input -> Arrays.binarySearch(sorted, rows.gateOfInput()[input]) >= 0)
                .toArray();
    }

    /** The gates that are left, the most important first. */
    private int[] ranked() {
        if (prescribed.isPresent()) {
            return Arrays.copyOf(prescribed.get(), alive.length);
        }
        double[] importance = importance();
        return Arrays.stream(alive)
                .boxed()
                .sorted(Comparator.comparingDouble(gate -> -importance[gate]))
                .mapToInt(gate -> gate)
                .toArray();
    }

    private double[] importance() {
        double[] ofInput = network.importance();
        int[] inputs = inputs();
        double[] importance = new double[Arrays.stream(rows.gateOfInput()).max().orElse(0) + 1];
        for (int i = 0; i < inputs.length; i++) {
            importance[rows.gateOfInput()[inputs[i]]] += ofInput[i];
        }
        return importance;
    }

    /** What an output should be: the number, or whether the class is its own. */
    static double target(Head head, float target, int output) {
        if (head.regression()) {
            return target;
        }
        return (int) target == output ? 1 : 0;
    }

    private Stage judged() {
        Block validation = rows.validation().keep(inputs());
        float[] answers = Predictor.answers(state(), validation);
        double[] losses = new double[validation.rows()];
        for (int row = 0; row < losses.length; row++) {
            for (int output = 0; output < head.width(); output++) {
                double error = answers[row * head.width() + output]
                        - target(head, validation.targets()[row], output);
                losses[row] += error * error;
            }
        }
        return new Stage(alive.length, losses, head.judge(answers, validation.targets()));
    }
}
