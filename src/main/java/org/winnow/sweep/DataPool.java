package org.winnow.sweep;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.winnow.data.LoadedData;
import org.winnow.sweep.SweepOptions.Parallel;
import org.winnow.train.TrainingData;

/**
 * The data sets of a sweep, each read once: sent to the executors whole where whole trials run there, and kept in shards
 * on them where a trial is spread over them.
 */
final class DataPool implements AutoCloseable {
    /** Data of this size is sent to every executor without a thought. */
    private static final long SMALL_BYTES = 64L << 20;

    private final SparkSession spark;
    private final Parallel parallel;
    private final Sweep.Reader reader;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** One data set; the broadcast is there where trials run whole. */
    private record Entry(LoadedData loaded, TrainingData data, Optional<Broadcast<TrainingData>> sent) {}

    DataPool(SparkSession spark, Parallel parallel, Sweep.Reader reader) {
        this.spark = spark;
        this.parallel = parallel;
        this.reader = reader;
    }

    /** How data is read and split, without where it is: configurations that share it share the data. */
    static String key(Configured<?> configured) {
        Map<String, String> params = new TreeMap<>(configured.params());
        params.keySet().removeIf(name -> !name.startsWith("data.") || name.equals("data.path"));
        return params + " shards=" + configured.train().shards() + " seed="
                + configured.train().seed();
    }

    /** Reads a data set, unless it is there. */
    TrainingData load(Configured<?> configured) {
        return entries.computeIfAbsent(key(configured), key -> read(configured)).data();
    }

    private Entry read(Configured<?> configured) {
        LoadedData loaded = reader.read(
                configured.data(),
                configured.train().shards(),
                configured.train().seed());
        long bytes = (loaded.trainRows() + loaded.testRows()) * loaded.schema().inputs() * Float.BYTES;
        boolean whole = parallel == Parallel.TRIALS || (parallel == Parallel.AUTO && bytes <= SMALL_BYTES);
        if (!whole) {
            return new Entry(loaded, TrainingData.of(loaded, configured.train()), Optional.empty());
        }
        TrainingData collected = TrainingData.inThread(loaded);
        loaded.shards().unpersist();
        Broadcast<TrainingData> sent =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(collected);
        return new Entry(loaded, collected, Optional.of(sent));
    }

    /** Warnings of all data sets, each once. */
    List<String> warnings() {
        return entries.values().stream()
                .flatMap(entry -> entry.loaded().warnings().stream())
                .distinct()
                .toList();
    }

    /** What was taken from the files and labels of all data sets, each once. */
    List<String> notes() {
        return entries.values().stream()
                .flatMap(entry -> entry.loaded().notes().stream())
                .distinct()
                .toList();
    }

    TrainingData data(String key) {
        return entry(key).data();
    }

    Optional<Broadcast<TrainingData>> sent(String key) {
        return entry(key).sent();
    }

    /** Whether whole trials run on executors. */
    boolean isSent() {
        return entries.values().stream().anyMatch(entry -> entry.sent().isPresent());
    }

    private Entry entry(String key) {
        Entry entry = entries.get(key);
        if (entry == null) {
            throw new IllegalStateException("data of " + key + " was not loaded");
        }
        return entry;
    }

    /** Fingerprints by key. */
    Map<String, String> fingerprints() {
        Map<String, String> all = new TreeMap<>();
        entries.forEach((key, entry) -> all.put(key, entry.data().fingerprint()));
        return all;
    }

    @Override
    public void close() {
        entries.values().forEach(entry -> {
            entry.sent().ifPresent(Broadcast::destroy);
            entry.loaded().shards().unpersist();
        });
    }
}
