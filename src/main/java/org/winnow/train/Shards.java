package org.winnow.train;

import java.io.Serializable;
import java.util.List;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaRDD;
import org.winnow.check.UserError;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/**
 * Shards to train on, and what takes their part of a round: Spark's executors, threads of the driver, or the thread that
 * asks. Sums are taken in the same order by all, so the bits are the same.
 */
public abstract sealed class Shards implements AutoCloseable permits SparkShards, DriverShards, LocalShards {
    /** Shards on executors, one to a partition, in the order of their index; a round is a Spark job. */
    public static Shards onSpark(JavaRDD<Shard> shards) {
        return new SparkShards(shards, OptionalLong.empty(), false);
    }

    /**
     * Shards on executors, or those that the driver holds, if rounds are to be taken there.
     *
     * @param shards one to a partition, in the order of their index; persisted
     * @param bytes of all rows
     * @throws UserError if the driver is to hold them and cannot
     */
    static Shards of(JavaRDD<Shard> shards, long bytes, TrainOptions.Rounds rounds) {
        OptionalLong small = rounds == TrainOptions.Rounds.AUTO ? OptionalLong.of(bytes) : OptionalLong.empty();
        return DriverRounds.of(shards, bytes, rounds)
                .<Shards>map(held -> held)
                .orElseGet(() -> new SparkShards(shards, small, false));
    }

    /** Shards at hand, in the order of their index; a round is a loop over them. They may be sent to an executor. */
    public static Shards inThread(List<Shard> shards) {
        return new LocalShards(shards);
    }

    /** How many. */
    public abstract int count();

    /** Training rows of the largest. */
    abstract int mostRows();

    /** Says what the work from now on is for, where Spark shows it. */
    abstract void describe(String purpose);

    /** Takes a round. */
    abstract RoundMean round(RoundInput input, Head head);

    /** Judges a network on the held-out rows of all shards. */
    public Score judge(NetworkState network, Head head) {
        return judge(List.of(network), head).get(0);
    }

    /** Judges each of several networks on the held-out rows of all shards. */
    public abstract List<Score> judge(List<NetworkState> networks, Head head);

    /** The same rows with only these inputs, in this order; to be closed after use. */
    public Shards keep(int[] inputs) {
        return map(shard -> shard.keep(inputs));
    }

    /** Shards made of these, one of each; to be closed after use. */
    public abstract Shards map(Change change);

    /** A share in (0, 1] of each shard's training rows, drawn by the shard's index, in the order of the shards. */
    public abstract List<Block> sample(double share, Noise noise);

    static Block sample(Shard shard, double share, Noise noise) {
        Block rows = shard.train();
        return rows.draw(noise.child(shard.index()), (int) Math.ceil(share * rows.rows()));
    }

    /** Numbers that every shard has, added up in a tree over the shards' indices. */
    public abstract double[] sums(Sums sums);

    /** Makes another shard of one, wherever it is. */
    @FunctionalInterface
    public interface Change extends Serializable {
        Shard of(Shard shard);
    }

    /** Computes a shard's part of sums, as many numbers for every shard. */
    @FunctionalInterface
    public interface Sums extends Serializable {
        double[] of(Shard shard);
    }

    /** Threads that may be at work where this is asked: one in a task, beside which there are others. */
    public abstract int threads();

    /** Finds file systems. */
    public abstract Configuration hadoop();

    /** Whether the driver leads the rounds, which an interrupted user is told of. */
    abstract boolean ledByDriver();

    @Override
    public abstract void close();
}
