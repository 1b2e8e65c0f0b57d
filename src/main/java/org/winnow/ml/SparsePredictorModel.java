package org.winnow.ml;

import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A network with few weights that predicts, and what it says of itself.
 *
 * @param <M> the model, as Spark wants to know it
 */
public sealed interface SparsePredictorModel<M extends SparsePredictorModel<M>>
        extends SparsePredictorParams, MLWritable permits SparseClassifierModel, SparseRegressorModel {
    /** The network and how it came about. */
    PrunedNetwork pruned();

    default M setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    /** Places in the vector of the features that the network still looks at, rising. */
    default int[] usedFeatures() {
        return pruned().usedFeatures();
    }

    /** A row for each layer and threshold, as the prune job writes it. */
    default Dataset<Row> relevance() {
        return pruned().relevanceTable();
    }

    /** A row for each mask and threshold, as the prune job writes it. */
    default Dataset<Row> masks() {
        return pruned().masksTable();
    }

    /** A row for each gate of the layers whose method has gates; those of inputs and outputs by the weights they act on. */
    default Dataset<Row> gates() {
        return pruned().gatesTable();
    }

    /** A row for each ablation, as the prune job writes it. */
    default Dataset<Row> ablations() {
        return pruned().ablationsTable();
    }

    /** A row for each try of a search and for the result, as the prune job writes it. */
    default Dataset<Row> trials() {
        return pruned().trialsTable();
    }

    /** What was kept of each layer, for people. */
    default String summary() {
        return pruned().summary();
    }

    @Override
    default MLWriter write() {
        return Saved.writer(this, pruned().files());
    }
}
