package org.winnow.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Probes the driver and every executor. */
public final class Doctor {
    private static final int MOST_ROUNDS = 8;
    private static final long HOLD_MILLIS = 250;

    private final JavaSparkContext spark;
    private final Configuration hadoop;
    private final int taskCores;

    public Doctor(JavaSparkContext spark) {
        this.spark = spark;
        this.hadoop = spark.hadoopConfiguration();
        this.taskCores = spark.getConf().getInt("spark.task.cpus", 1);
    }

    /**
     * The environments of all processes, that of the driver first.
     *
     * @param place where results are to be written
     */
    public List<Environment> probe(String place) {
        try (SharedFolder folder = SharedFolder.in(place, hadoop)) {
            List<Environment> all = new ArrayList<>();
            all.add(Probe.here("driver", taskCores, 0, SharedFolder.write(folder.path(), "driver", hadoop)));
            for (Map.Entry<String, Environment> executor :
                    executors(folder.path()).entrySet()) {
                Environment found = executor.getValue();
                boolean unseen = found.fileFault().isEmpty() && !folder.has(executor.getKey());
                all.add(unseen ? withFault(found, "the driver does not see what was written in " + place) : found);
            }
            return all;
        } catch (IOException | IllegalArgumentException e) {
            return List.of(Probe.here("driver", taskCores, 0, "cannot write in " + place + ": " + e.getMessage()));
        }
    }

    /** Executors that Spark knows of, the driver not counted. */
    public int registered() {
        return spark.sc().statusTracker().getExecutorInfos().length - 1;
    }

    /** Tasks hold their places for a while, longer from round to round, so that none is left for another's second one. */
    private Map<String, Environment> executors(String folder) {
        Map<String, Environment> seen = new TreeMap<>();
        if (spark.isLocal()) {
            return seen;
        }
        int before = -1;
        for (int round = 1; round <= MOST_ROUNDS && (registered() != before || seen.size() < before); round++) {
            before = registered();
            seen.putAll(ask(folder, round * HOLD_MILLIS));
        }
        return seen;
    }

    private Map<String, Environment> ask(String folder, long hold) {
        int tasks = Math.max(2, spark.defaultParallelism() / taskCores);
        var configuration = new SerializableConfiguration(hadoop);
        long granted = Granted.toExecutor(spark.getConf());
        int cores = taskCores;
        return new TreeMap<>(spark.parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
                .mapToPair(task -> {
                    String id = SparkEnv.get().executorId();
                    String host = SparkEnv.get().blockManager().blockManagerId().host();
                    String fault;
                    synchronized (Doctor.class) {
                        fault = SharedFolder.write(folder, id, configuration.value());
                    }
                    Thread.sleep(hold);
                    return new Tuple2<>(id, Probe.here("executor " + id + " on " + host, cores, granted, fault));
                })
                .collectAsMap());
    }

    private static Environment withFault(Environment found, String fault) {
        return new Environment(
                found.place(),
                found.javaVersion(),
                found.closedPackages(),
                found.vectorModule(),
                found.scalaVersion(),
                found.nativeFault(),
                found.nativeThreads(),
                found.taskCores(),
                found.memory(),
                fault);
    }
}
