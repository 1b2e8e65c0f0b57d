package org.winnow.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.winnow.data.Shard;
import scala.Tuple2;

/**
 * Adds up shards' results on the executors in a tree whose shape is a function of the number of shards, each node in the
 * order of its children: the driver never holds more than {@value #WIDTH} sums, and the bits never depend on what
 * arrived first.
 */
final class ShardTree {
    static final int WIDTH = 16;

    private ShardTree() {}

    static RoundSum sum(JavaRDD<ShardResult> results, int shards) {
        if (shards <= WIDTH) {
            return RoundSum.of(results.collect());
        }
        JavaPairRDD<Integer, RoundSum> sums = results.mapToPair(result -> new Tuple2<>(result.shard() / WIDTH, result))
                .groupByKey(new HashPartitioner(groups(shards)))
                .mapValues(group -> RoundSum.of(ordered(group, Comparator.comparingInt(ShardResult::shard))));
        int nodes = groups(shards);
        while (nodes > WIDTH) {
            sums = sums.mapToPair(node -> new Tuple2<>(node._1() / WIDTH, node))
                    .groupByKey(new HashPartitioner(groups(nodes)))
                    .mapValues(ShardTree::merge);
            nodes = groups(nodes);
        }
        return merge(sums.collect());
    }

    /** The same tree over shards at hand, in their order; the results of one leaf at a time are held. */
    static RoundSum sum(List<Shard> shards, Function<Shard, ShardResult> result) {
        List<RoundSum> sums = new ArrayList<>();
        for (int from = 0; from < shards.size(); from += WIDTH) {
            sums.add(RoundSum.of(shards.subList(from, Math.min(from + WIDTH, shards.size())).stream()
                    .map(result)
                    .toList()));
        }
        while (sums.size() > 1) {
            List<RoundSum> parents = new ArrayList<>();
            for (int from = 0; from < sums.size(); from += WIDTH) {
                parents.add(sums.subList(from, Math.min(from + WIDTH, sums.size())).stream()
                        .reduce(RoundSum::merge)
                        .orElseThrow());
            }
            sums = parents;
        }
        return sums.get(0);
    }

    private static RoundSum merge(Iterable<Tuple2<Integer, RoundSum>> nodes) {
        return ordered(nodes, Comparator.comparingInt(Tuple2<Integer, RoundSum>::_1)).stream()
                .map(Tuple2::_2)
                .reduce(RoundSum::merge)
                .orElseThrow();
    }

    private static <T> List<T> ordered(Iterable<T> items, Comparator<T> order) {
        return StreamSupport.stream(items.spliterator(), false).sorted(order).toList();
    }

    private static int groups(int children) {
        return (children + WIDTH - 1) / WIDTH;
    }
}
