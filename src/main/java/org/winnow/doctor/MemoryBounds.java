package org.winnow.doctor;

import org.winnow.doctor.Environment.Memory;

/** A process that may outgrow its container is killed without a word; one that may not says that memory is out. */
final class MemoryBounds implements Examination {
    private static final long MIB = 1 << 20;

    @Override
    public Finding of(Environment environment) {
        Memory memory = environment.memory();
        String what = "memory: heap " + mib(memory.heap()) + " and arrays outside " + mib(memory.offHeap()) + ", in "
                + mib(memory.container());
        String cure = "lower the heap (--executor-memory, DRIVER_MEMORY) or raise spark.executor.memoryOverhead;"
                + " jobs/doctor.sh with memory.parameters and memory.batch prints what is needed";
        if (memory.heap() + memory.offHeap() > memory.container()) {
            return Finding.failure(what + ": does not fit", cure);
        }
        if (memory.process() == 0 || memory.process() > memory.container()) {
            return Finding.warning(
                    what + ": the process is refused arrays only from "
                            + (memory.process() == 0 ? "never" : mib(memory.process())) + " on",
                    "set -Dorg.bytedeco.javacpp.maxphysicalbytes to at most the container, in percent of the heap");
        }
        return Finding.ok(what);
    }

    private static String mib(long bytes) {
        return bytes / MIB + " MiB";
    }
}
