package org.winnow.train;

import java.io.Serializable;
import java.util.List;
import org.winnow.data.Encoder;
import org.winnow.data.LoadedData;
import org.winnow.data.Schema;
import org.winnow.model.Score;

/**
 * Data as a training sees it, on executors or at hand. With shards at hand it may be sent to an executor.
 *
 * @param encoder made the inputs
 * @param shards the rows
 * @param trainRows to learn from, in all shards
 * @param testRows held out, in all shards
 * @param dropped names of columns left out because they do not vary
 * @param baseline what an answer that does not look at the features gets on the held-out rows, as a metric
 * @param fingerprint names schema, split and content
 */
public record TrainingData(
        Encoder encoder,
        Shards shards,
        long trainRows,
        long testRows,
        List<String> dropped,
        double baseline,
        String fingerprint)
        implements Serializable {
    public TrainingData {
        dropped = List.copyOf(dropped);
    }

    /**
     * Data as a training wants it: on executors, or held by the driver.
     *
     * @throws UserError if the driver is to hold it and cannot
     */
    public static TrainingData of(LoadedData data, TrainOptions options) {
        TrainOptions.Rounds rounds =
                options.master() == TrainOptions.Master.DL4J ? TrainOptions.Rounds.SPARK : options.rounds();
        long bytes = (data.trainRows() + data.testRows()) * data.schema().inputs() * Float.BYTES;
        return of(data, Shards.of(data.shards(), bytes, rounds));
    }

    /** Data that stays on the executors. */
    public static TrainingData onSpark(LoadedData data) {
        return of(data, Shards.onSpark(data.shards()));
    }

    /** The same data, collected. */
    public static TrainingData inThread(LoadedData data) {
        return of(data, Shards.inThread(data.shards().collect()));
    }

    private static TrainingData of(LoadedData data, Shards shards) {
        return new TrainingData(
                data.encoder(),
                shards,
                data.trainRows(),
                data.testRows(),
                data.dropped(),
                data.baseline(),
                data.fingerprint());
    }

    public Schema schema() {
        return encoder.schema();
    }

    /** What a network of this data answers with. */
    public Head head() {
        return Head.of(schema());
    }

    /** Accuracy, or the mean squared error in units of the label; not a number where no rows were judged. */
    public double metric(Score score) {
        return head().metric(score, encoder.targetScale());
    }
}
