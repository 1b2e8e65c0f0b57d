package org.winnow.doctor;

import java.io.Serializable;
import java.util.List;

/**
 * What a process found of itself; {@link Probe} fills it in, an {@link Examination} judges it.
 *
 * @param place that the process is: {@code driver}, or {@code executor 3 on host}
 * @param javaVersion feature release of the JDK
 * @param closedPackages that should be open to everyone and are not, as {@code module/package}
 * @param vectorModule whether {@code jdk.incubator.vector} is there
 * @param scalaVersion of the Scala library on the class path
 * @param nativeFault why ND4J's library does not compute; empty if it does
 * @param nativeThreads that a task's native library takes, 0 for all there are
 * @param taskCores that Spark counts for a task
 * @param memory of the process and what it may take
 * @param fileFault why a file cannot be written and renamed where results go; empty if it can
 */
public record Environment(
        String place,
        int javaVersion,
        List<String> closedPackages,
        boolean vectorModule,
        String scalaVersion,
        String nativeFault,
        int nativeThreads,
        int taskCores,
        Memory memory,
        String fileFault)
        implements Serializable {

    /**
     * Bytes.
     *
     * @param heap most that the heap may take
     * @param offHeap most that arrays of ND4J may take outside
     * @param process at which JavaCPP refuses further arrays, counting the whole process; 0: never
     * @param container that the process must fit into: what the cluster manager grants it, or else its host has
     */
    public record Memory(long heap, long offHeap, long process, long container) implements Serializable {}
}
