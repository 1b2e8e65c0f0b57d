package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * Averages, or adds up, what shards return in a binary tree over their indices. A task takes any run of neighbouring
 * shards and returns the nodes that are complete within it, mostly one, so that the bits depend neither on how shards are
 * put together into tasks nor on what arrives first. The driver collects from no more than {@value #WIDTH} tasks.
 */
final class ShardTree {
    static final int WIDTH = 16;

    private ShardTree() {}

    /** A shard's part of a round. */
    @FunctionalInterface
    interface Part<T> extends Function<T, PartialMean>, Serializable {}

    /** A shard's part of a sum. */
    @FunctionalInterface
    interface SumPart<T> extends Function<T, ShardSum>, Serializable {}

    /**
     * The mean over shards on executors.
     *
     * @param shards in the order of their index, any number of neighbours to a partition
     * @param count how many
     * @param broadcast id of the round's; empty where the master is local
     */
    static <T> RoundMean mean(JavaRDD<T> shards, int count, Part<T> part, OptionalLong broadcast) {
        int tasks = shards.getNumPartitions();
        if (tasks <= WIDTH) {
            return mean(RunTask.nodes(shards, part, broadcast), node -> node, Cores.ALL);
        }
        JavaRDD<PartialMean> nodes =
                shards.mapPartitions(run -> nodes(run, part, Cores.ONE).descendingIterator());
        while (tasks > WIDTH) {
            tasks = (tasks + WIDTH - 1) / WIDTH;
            nodes = gathered(nodes, count, tasks);
        }
        return mean(RunTask.nodes(nodes, node -> node, broadcast), node -> node, Cores.ALL);
    }

    /** The mean over shards at hand, in their order. */
    static <T> RoundMean mean(Iterator<T> shards, Function<T, PartialMean> part, Cores cores) {
        return merged(nodes(shards, part, cores), cores).whole(cores);
    }

    /**
     * The sum over shards on executors.
     *
     * @param shards in the order of their index, any number of neighbours to a partition
     * @param count how many
     */
    static <T> ShardSum sum(JavaRDD<T> shards, int count, SumPart<T> part) {
        int tasks = shards.getNumPartitions();
        JavaRDD<ShardSum> nodes =
                shards.mapPartitions(run -> nodes(run, part, Cores.ONE).descendingIterator());
        while (tasks > WIDTH) {
            tasks = (tasks + WIDTH - 1) / WIDTH;
            nodes = gathered(nodes, count, tasks);
        }
        return sum(nodes.collect().iterator(), node -> node);
    }

    /** The sum over shards at hand, in their order. */
    static <T> ShardSum sum(Iterator<T> shards, Function<T, ShardSum> part) {
        return merged(nodes(shards, part, Cores.ONE), Cores.ONE);
    }

    private static <N extends ShardNode<N>> N merged(Deque<N> nodes, Cores cores) {
        return nodes.stream().reduce((right, left) -> left.merge(right, cores)).orElseThrow();
    }

    /** The largest nodes that neighbours in their order make up, the last on top; few are held at any time. */
    static <T, N extends ShardNode<N>> Deque<N> nodes(Iterator<T> run, Function<T, N> part, Cores cores) {
        Deque<N> nodes = new ArrayDeque<>();
        while (run.hasNext()) {
            N node = part.apply(run.next());
            while (!nodes.isEmpty() && siblings(nodes.element(), node)) {
                node = nodes.pop().merge(node, cores);
            }
            nodes.push(node);
        }
        return nodes;
    }

    /** The same in the order of the shards. */
    static <T, N extends ShardNode<N>> List<N> inOrder(Iterator<T> run, Function<T, N> part) {
        List<N> nodes = new ArrayList<>();
        nodes(run, part, Cores.ONE).descendingIterator().forEachRemaining(nodes::add);
        return nodes;
    }

    private static <N extends ShardNode<N>> boolean siblings(N left, N right) {
        return left.shards() == right.shards() && left.from() % (2 * left.shards()) == 0;
    }

    /** Merges the nodes of neighbouring tasks on executors. */
    private static <N extends ShardNode<N>> JavaRDD<N> gathered(JavaRDD<N> nodes, int count, int tasks) {
        return nodes.mapToPair(node -> new Tuple2<>((int) ((long) node.from() * tasks / count), node))
                .groupByKey(new HashPartitioner(tasks))
                .flatMap(group -> {
                    Iterator<N> run = StreamSupport.stream(group._2().spliterator(), false)
                            .sorted(Comparator.comparingInt(N::from))
                            .iterator();
                    return nodes(run, node -> node, Cores.ONE).descendingIterator();
                });
    }
}
