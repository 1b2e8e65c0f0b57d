package org.winnow.doctor;

import org.apache.spark.SparkConf;

/** What a cluster manager grants a process. */
final class Granted {
    private static final long MIB = 1 << 20;
    private static final long LEAST_OVERHEAD = 384;
    private static final String DEFAULT_FACTOR = "0.1";

    private Granted() {}

    /** Bytes of an executor's container; 0 where there is none, as in standalone clusters. */
    static long toExecutor(SparkConf conf) {
        String master = conf.get("spark.master", "");
        if (!master.equals("yarn") && !master.startsWith("k8s://")) {
            return 0;
        }
        long heap = conf.getSizeAsMb("spark.executor.memory", "1g");
        double factor = Double.parseDouble(conf.get("spark.executor.memoryOverheadFactor", DEFAULT_FACTOR));
        long byFactor = Math.max(LEAST_OVERHEAD, (long) (factor * heap));
        return (heap + conf.getSizeAsMb("spark.executor.memoryOverhead", byFactor + "m")) * MIB;
    }
}
