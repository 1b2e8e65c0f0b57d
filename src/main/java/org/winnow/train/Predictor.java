package org.winnow.train;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.winnow.data.Block;
import org.winnow.data.EncodedRow;
import org.winnow.model.NetworkState;

/** Applies a network to rows, a minibatch at a time. */
public final class Predictor {
    private static final int AT_ONCE = 1024;

    private Predictor() {}

    /**
     * What a network answers for a row.
     *
     * @param row its place among the rows
     * @param answers probabilities of the classes, or one number in units of its spread
     */
    public record Prediction(long row, float[] answers) implements Serializable {}

    /** Predictions in the order of the rows. */
    public static JavaRDD<Prediction> predict(JavaRDD<EncodedRow> rows, NetworkState network) {
        Broadcast<NetworkState> shared =
                JavaSparkContext.fromSparkContext(rows.context()).broadcast(network);
        return rows.mapPartitions(part -> new Batched(part, shared.value()));
    }

    /** What a network answers for rows at hand, row after row: probabilities of the classes, or one number. */
    public static float[] answers(NetworkState network, Block rows) {
        return Worker.of(network.configuration()).answers(network.parameters(), rows);
    }

    /** Predictions of a partition, computed as they are asked for. */
    private static final class Batched implements Iterator<Prediction> {
        private final Iterator<EncodedRow> rows;
        private final NetworkState network;
        private Iterator<Prediction> ready = List.<Prediction>of().iterator();

        Batched(Iterator<EncodedRow> rows, NetworkState network) {
            this.rows = rows;
            this.network = network;
        }

        @Override
        public boolean hasNext() {
            return ready.hasNext() || rows.hasNext();
        }

        @Override
        public Prediction next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            if (!ready.hasNext()) {
                List<EncodedRow> batch = new ArrayList<>();
                while (rows.hasNext() && batch.size() < AT_ONCE) {
                    batch.add(rows.next());
                }
                ready = Worker.of(network.configuration())
                        .answer(network.parameters(), batch)
                        .iterator();
            }
            return ready.next();
        }
    }
}
