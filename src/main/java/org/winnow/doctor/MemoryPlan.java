package org.winnow.doctor;

import static org.winnow.check.Check.that;

/**
 * Memory that training takes, worked out from the network and its batch. Of each parameter there are floats for itself,
 * its gradient and Adam's two numbers in a step, and a state of three where processes exchange them. An executor's arrays
 * outside the heap may take as much as its heap ({@code conf/spark-defaults.conf}), so the larger of the two needs sets both.
 *
 * @param parameters of the network
 * @param batch rows of a minibatch
 * @param units values that a row becomes on its way through all layers, its own included
 * @param tasks that an executor runs at once
 */
public record MemoryPlan(long parameters, long batch, long units, int tasks) {
    private static final long MIB = 1 << 20;
    private static final long STEP = 256;

    /** Spark, its classes and its pages in a heap, and the natives' own buffers outside. */
    private static final long BASE = 512 * MIB;

    /** Floats of a parameter outside the heap: itself, gradient, two of Adam, and two while they are exchanged. */
    private static final long FLOATS_OUTSIDE = 6;

    /** Floats of a parameter in a heap: state of three, in an array and as it is sent. */
    private static final long FLOATS_IN_HEAP = 6;

    /** Floats of a row's value: itself, its pre-activation, their gradients. */
    private static final long FLOATS_OF_UNIT = 4;

    public MemoryPlan {
        that(parameters >= 1 && parameters <= 1L << 40, "parameters", "1..2^40", parameters);
        that(batch >= 1 && batch <= 1L << 20, "batch", "1..2^20", batch);
        that(units >= 0 && units <= 1L << 32, "units", "0..2^32", units);
        that(tasks >= 1 && tasks <= 1024, "tasks", "1..1024", tasks);
    }

    /** What a task of the executor has outside the heap. */
    long outsideOfTask() {
        return Float.BYTES * (FLOATS_OUTSIDE * parameters + FLOATS_OF_UNIT * batch * units());
    }

    /** Heap of an executor, in whole steps, that is also the bound of its arrays outside. */
    public long executorHeap() {
        long inside = BASE + Float.BYTES * FLOATS_IN_HEAP * parameters * (1 + tasks);
        return steps(Math.max(inside, BASE + tasks * outsideOfTask()));
    }

    /** Beyond the heap, in whole steps: the arrays outside, and a fifth for the process itself. */
    public long overhead() {
        return steps(executorHeap() / 5 * 6);
    }

    /** What the cluster manager has to grant an executor. */
    public long container() {
        return executorHeap() + overhead();
    }

    /** The driver holds a sum of states, and a few that have just come. */
    public long driverHeap() {
        return steps(BASE + 2 * Float.BYTES * FLOATS_IN_HEAP * parameters);
    }

    /** Where the units are not given, a chain of four layers as wide as each other has about as many. */
    @Override
    public long units() {
        return units == 0 ? (long) Math.ceil(4 * Math.sqrt((double) parameters)) : units;
    }

    private static long steps(long bytes) {
        return -Math.floorDiv(-bytes, STEP * MIB) * STEP * MIB;
    }

    /** The formula with its numbers, and the words for {@code SPARK_OPTIONS}. */
    public String inWords() {
        return String.join(
                "\n",
                "memory for " + parameters + " parameters, batch " + batch + ", " + units() + " units a row, " + tasks
                        + " tasks at once in an executor:",
                "  outside the heap = 512 MiB + tasks x 4 bytes x (6 x parameters + 4 x batch x units) = "
                        + mib(BASE + tasks * outsideOfTask()),
                "  heap             = 512 MiB + (1 + tasks) x 4 bytes x 6 x parameters, and at least that = "
                        + mib(executorHeap()),
                "  overhead         = 1.2 x heap = " + mib(overhead()),
                "  container        = heap + overhead = " + mib(container()),
                "  driver           = 512 MiB + 2 x 4 bytes x 6 x parameters = " + mib(driverHeap()),
                "  and, in each heap, the rows that it holds",
                "  DRIVER_MEMORY=" + driverHeap() / MIB + "m SPARK_OPTIONS=\"--executor-memory " + executorHeap() / MIB
                        + "m --conf spark.executor.memoryOverhead=" + overhead() / MIB + "m\"");
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
