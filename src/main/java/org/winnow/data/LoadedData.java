package org.winnow.data;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * Data ready for training.
 *
 * @param schema what inputs and outputs mean
 * @param encoder made the inputs, and makes them of new rows
 * @param shards one to a partition, in order of their index; persisted
 * @param shardCount how many
 * @param trainRows rows to learn from, in all shards
 * @param testRows rows held out, in all shards
 * @param dropped names of columns left out because they do not vary, or only count the rows
 * @param warnings what the user should know, a sentence each
 * @param notes what was taken from the files and the label themselves, a sentence each
 * @param baseline what an answer that does not look at the features gets on the held-out rows: the accuracy of the most
 *     frequent class, or the variance of the label; NaN where none are held out
 * @param fingerprint names schema, split and content; the same on every cluster
 * @param relevant the features that matter, by index, where a generator made the data; else empty
 */
public record LoadedData(
        Schema schema,
        Encoder encoder,
        JavaRDD<Shard> shards,
        int shardCount,
        long trainRows,
        long testRows,
        List<String> dropped,
        List<String> warnings,
        List<String> notes,
        double baseline,
        String fingerprint,
        List<Integer> relevant) {
    public LoadedData {
        dropped = List.copyOf(dropped);
        warnings = List.copyOf(warnings);
        notes = List.copyOf(notes);
        relevant = List.copyOf(relevant);
    }
}
