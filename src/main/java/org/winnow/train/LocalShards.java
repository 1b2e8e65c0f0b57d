package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.winnow.data.Block;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;

/** Shards at hand: a round is a loop over them in the thread that asks, so that a whole training fits into a task. */
final class LocalShards extends Shards implements Serializable {
    private final List<Shard> shards;

    LocalShards(List<Shard> shards) {
        this.shards = new ArrayList<>(shards);
    }

    @Override
    public int count() {
        return shards.size();
    }

    @Override
    int mostRows() {
        return shards.stream().mapToInt(shard -> shard.train().rows()).max().orElseThrow();
    }

    @Override
    void describe(String purpose) {
        // The task is described already.
    }

    @Override
    RoundMean round(RoundInput input, Head head) {
        Worker worker = Worker.of(input.configuration());
        return ShardTree.mean(shards.iterator(), shard -> worker.take(input, shard, head), Cores.ONE);
    }

    @Override
    public List<Score> judge(List<NetworkState> networks, Head head) {
        return networks.stream()
                .map(network -> {
                    Worker worker = Worker.of(network.configuration());
                    return shards.stream()
                            .map(shard -> worker.judge(network.parameters(), shard.test(), head))
                            .reduce(Score.NONE, Score::merge);
                })
                .toList();
    }

    @Override
    public Shards map(Change change) {
        return new LocalShards(shards.stream().map(change::of).toList());
    }

    @Override
    public List<Block> sample(double share, Noise noise) {
        return shards.stream().map(shard -> Shards.sample(shard, share, noise)).toList();
    }

    @Override
    public double[] sums(Sums sums) {
        return ShardTree.sum(shards.iterator(), shard -> new ShardSum(shard.index(), 1, sums.of(shard)))
                .numbers();
    }

    @Override
    public int threads() {
        return 1;
    }

    @Override
    public Configuration hadoop() {
        return new Configuration();
    }

    @Override
    boolean ledByDriver() {
        return false;
    }

    @Override
    public void close() {
        // Nothing is held but memory.
    }
}
