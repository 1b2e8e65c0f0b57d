package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
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

    private RunTask(ShardTree.Part<T> part) {
        this.part = part;
    }

    /** The complete nodes of every run, in their order. */
    @SuppressWarnings("unchecked")
    static <T> java.util.Iterator<PartialMean> nodes(JavaRDD<T> runs, ShardTree.Part<T> part) {
        // An array of NODES; to Java's compiler it could be one of numbers.
        List<PartialMean>[] nodes = (List<PartialMean>[]) runs.context().runJob(runs.rdd(), new RunTask<>(part), NODES);
        List<PartialMean> all = new ArrayList<>();
        for (List<PartialMean> run : nodes) {
            all.addAll(run);
        }
        return all.iterator();
    }

    @Override
    public List<PartialMean> apply(TaskContext task, Iterator<T> run) {
        List<PartialMean> nodes = new ArrayList<>();
        ShardTree.nodes(JavaConverters.asJavaIterator(run), part)
                .descendingIterator()
                .forEachRemaining(nodes::add);
        return nodes;
    }
}
