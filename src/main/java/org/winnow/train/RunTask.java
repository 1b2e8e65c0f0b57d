package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction2;

/**
 * What a task of a round does with its run of shards. A class of its own, and not a lambda: for every lambda that a job is
 * made of Spark looks through the byte code of the classes around it, its own among them, which is half of what a small
 * job costs the driver.
 */
final class RunTask<T> extends AbstractFunction2<TaskContext, Iterator<T>, List<PartialMean>> implements Serializable {
    private static final ClassTag<List<PartialMean>> NODES = ClassTag$.MODULE$.apply(List.class);

    private final ShardTree.Part<T> part;
    private final @Nullable LocalReference<Map<Integer, List<PartialMean>>> left;

    private RunTask(ShardTree.Part<T> part, @Nullable LocalReference<Map<Integer, List<PartialMean>>> left) {
        this.part = part;
        this.left = left;
    }

    /** The complete nodes of every run, in their order. */
    static <T> java.util.Iterator<PartialMean> nodes(JavaRDD<T> runs, ShardTree.Part<T> part) {
        if (!runs.context().isLocal()) {
            return of(Arrays.asList(run(runs, new RunTask<>(part, null))));
        }
        try (LocalReference<Map<Integer, List<PartialMean>>> left = LocalReference.to(new ConcurrentSkipListMap<>())) {
            run(runs, new RunTask<>(part, left));
            return of(left.value().values());
        }
    }

    /** An array of {@link #NODES}; to Java's compiler it could be one of numbers. */
    @SuppressWarnings("unchecked")
    private static <T> List<PartialMean>[] run(JavaRDD<T> runs, RunTask<T> task) {
        return (List<PartialMean>[]) runs.context().runJob(runs.rdd(), task, NODES);
    }

    private static java.util.Iterator<PartialMean> of(Collection<List<PartialMean>> runs) {
        return runs.stream().flatMap(List::stream).toList().iterator();
    }

    /** The nodes, or none if they are left for the driver to pick up. */
    @Override
    public List<PartialMean> apply(TaskContext task, Iterator<T> run) {
        List<PartialMean> nodes = new ArrayList<>();
        ShardTree.nodes(JavaConverters.asJavaIterator(run), part)
                .descendingIterator()
                .forEachRemaining(nodes::add);
        if (left == null) {
            return nodes;
        }
        left.value().put(task.partitionId(), nodes);
        return List.of();
    }
}
