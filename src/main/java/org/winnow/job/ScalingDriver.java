package org.winnow.job;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.winnow.train.Round;

/**
 * The driver of a process or a cluster that {@link ScalingBench} compares with others: warms up, and from then on trains when
 * it is its turn. It says through a socket that it is warm, is told of each turn by a byte, and answers with rows a second.
 */
public final class ScalingDriver {
    /** Rounds in which JVMs compile what Spark does for each. */
    private static final int SHORT_ROUNDS = 1500;

    /**
     * Shards of a short round, each of a minibatch: so many that what is done for each is compiled, too. What is compiled
     * later costs two executors, which leave no core free for it, and one executor nothing.
     */
    private static final int FEW_SHARDS = 16;

    /** Parts of rounds that all shards take before it is warm. */
    private static final int WARM_UP = 1280;

    private ScalingDriver() {}

    /** Trains for the benchmark that listens at a port of this machine: port, shards, rounds of a turn, turns. */
    public static void main(String[] words) throws IOException {
        int shards = Integer.parseInt(words[1]);
        int rounds = Integer.parseInt(words[2]);
        int warmUp = WARM_UP / shards;
        SparkConf conf = new SparkConf().setAppName("winnow bench scaling");
        try (Socket bench = new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(words[0]));
                JavaSparkContext spark = new JavaSparkContext(conf)) {
            Turns turns = new Turns(bench, warmUp, rounds, ScalingWork.samples(shards));
            ScalingWork.train(spark, FEW_SHARDS, 1, SHORT_ROUNDS, round -> {});
            ScalingWork.train(
                    spark, shards, ScalingWork.FREQUENCY, warmUp + rounds * Integer.parseInt(words[3]), turns);
        }
    }

    private static final class Turns implements Round.Listener {
        private final DataInputStream told;
        private final DataOutputStream answers;
        private final int warmUp;
        private final int rounds;
        private final double samples;
        private long begun;

        Turns(Socket bench, int warmUp, int rounds, double samples) throws IOException {
            told = new DataInputStream(bench.getInputStream());
            answers = new DataOutputStream(bench.getOutputStream());
            this.warmUp = warmUp;
            this.rounds = rounds;
            this.samples = samples;
        }

        @Override
        public void after(Round round) {
            if (round.number() < warmUp || (round.number() - warmUp) % rounds != 0) {
                return;
            }
            try {
                answers.writeDouble(rounds * samples / ((System.nanoTime() - begun) * 1e-9));
                if (!round.last()) {
                    told.readByte();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the benchmark is gone", e);
            }
            begun = System.nanoTime();
        }
    }
}
