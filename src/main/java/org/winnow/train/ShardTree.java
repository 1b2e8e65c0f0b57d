package org.winnow.train;

import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.winnow.data.Shard;
import scala.Tuple2;

/**
 * Averages shards' results on the executors in a tree whose shape is a function of the number of shards, each node in the
 * order of its children: the driver never holds more than {@value #WIDTH} sums, and the bits never depend on what
 * arrived first.
 */
final class ShardTree {
    static final int WIDTH = 16;

    private ShardTree() {}

    static RoundMean mean(JavaRDD<ShardResult> results, int shards) {
        if (shards <= WIDTH) {
            return RoundMean.of(results.collect());
        }
        JavaPairRDD<Integer, PartialSum> sums = results.mapToPair(
                        result -> new Tuple2<>(result.shard() / WIDTH, result))
                .groupByKey(new HashPartitioner(groups(shards)))
                .mapValues(group -> PartialSum.of(ordered(group, Comparator.comparingInt(ShardResult::shard))));
        int nodes = groups(shards);
        while (nodes > WIDTH) {
            sums = sums.mapToPair(node -> new Tuple2<>(node._1() / WIDTH, node))
                    .groupByKey(new HashPartitioner(groups(nodes)))
                    .mapValues(ShardTree::merge);
            nodes = groups(nodes);
        }
        return merge(sums.collect()).mean();
    }

    /** The same over shards at hand, in their order; the results of one node at a time are held. */
    static RoundMean mean(List<Shard> shards, Function<Shard, ShardResult> result) {
        if (shards.size() <= WIDTH) {
            return RoundMean.of(shards.stream().map(result).toList());
        }
        List<PartialSum> sums = nodes(shards)
                .map(node -> PartialSum.of(node.stream().map(result).toList()))
                .toList();
        while (sums.size() > 1) {
            sums = nodes(sums)
                    .map(node -> node.stream().reduce(PartialSum::merge).orElseThrow())
                    .toList();
        }
        return sums.get(0).mean();
    }

    /** Children in their order, as many to a node as it may have. */
    private static <T> Stream<List<T>> nodes(List<T> children) {
        return IntStream.range(0, groups(children.size()))
                .mapToObj(node -> children.subList(node * WIDTH, Math.min((node + 1) * WIDTH, children.size())));
    }

    private static PartialSum merge(Iterable<Tuple2<Integer, PartialSum>> nodes) {
        return ordered(nodes, Comparator.comparingInt(Tuple2<Integer, PartialSum>::_1)).stream()
                .map(Tuple2::_2)
                .reduce(PartialSum::merge)
                .orElseThrow();
    }

    private static <T> List<T> ordered(Iterable<T> items, Comparator<T> order) {
        return StreamSupport.stream(items.spliterator(), false).sorted(order).toList();
    }

    private static int groups(int children) {
        return (children + WIDTH - 1) / WIDTH;
    }
}
