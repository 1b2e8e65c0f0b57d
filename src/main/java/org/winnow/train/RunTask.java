package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
final class RunTask<T> extends AbstractFunction2<TaskContext, Iterator<T>, List<Parcel>> implements Serializable {
    private static final Logger LOG = LoggerFactory.getLogger(RunTask.class);
    private static final ClassTag<List<Parcel>> PARCELS = ClassTag$.MODULE$.apply(List.class);

    private final ShardTree.Part<T> part;
    private final long broadcast;
    private final @Nullable LocalReference<Map<Integer, List<PartialMean>>> left;

    private RunTask(
            ShardTree.Part<T> part, long broadcast, @Nullable LocalReference<Map<Integer, List<PartialMean>>> left) {
        this.part = part;
        this.broadcast = broadcast;
        this.left = left;
    }

    /**
     * The complete nodes of every run, in their order.
     *
     * @param broadcast id of the round's; empty where the master is local
     */
    static <T> java.util.Iterator<PartialMean> nodes(JavaRDD<T> runs, ShardTree.Part<T> part, OptionalLong broadcast) {
        if (broadcast.isPresent()) {
            RunTask<T> task = new RunTask<>(part, broadcast.getAsLong(), null);
            int attempts = runs.context().getConf().getInt("spark.task.maxFailures", 4);
            return opened(() -> run(runs, task), attempts).iterator();
        }
        try (LocalReference<Map<Integer, List<PartialMean>>> left = LocalReference.to(new ConcurrentSkipListMap<>())) {
            run(runs, new RunTask<>(part, 0, left));
            return flat(left.value().values()).iterator();
        }
    }

    /** What a job returns; of the job again if an executor was lost when its task was over and its parcels not fetched. */
    static List<PartialMean> opened(Supplier<List<Parcel>> job, int attempts) {
        for (int attempt = 1; attempt <= attempts; attempt++) {
            List<CompletableFuture<PartialMean>> opening =
                    job.get().stream().map(Parcel::open).toList();
            try {
                return opening.stream().map(CompletableFuture::join).toList();
            } catch (CompletionException e) {
                LOG.warn("a round's results were lost with their executor; attempt {} of {}", attempt, attempts, e);
            }
        }
        throw new IllegalStateException("a round's results were lost with their executors as many times as"
                + " spark.task.maxFailures allows, " + attempts);
    }

    /** Spark returns an array of {@link #PARCELS}; to Java's compiler it could be one of numbers. */
    @SuppressWarnings("unchecked")
    private static <T> List<Parcel> run(JavaRDD<T> runs, RunTask<T> task) {
        return flat(Arrays.asList((List<Parcel>[]) runs.context().runJob(runs.rdd(), task, PARCELS)));
    }

    private static <E> List<E> flat(Collection<List<E>> lists) {
        return lists.stream().flatMap(List::stream).toList();
    }

    /** The nodes, or none if they are left for the driver to pick up. */
    @Override
    public List<Parcel> apply(TaskContext task, Iterator<T> run) {
        List<PartialMean> nodes = ShardTree.inOrder(JavaConverters.asJavaIterator(run), part);
        if (left == null) {
            return new ArrayList<>(
                    nodes.stream().map(node -> Parcel.of(node, broadcast)).toList());
        }
        left.value().put(task.partitionId(), nodes);
        return List.of();
    }
}
