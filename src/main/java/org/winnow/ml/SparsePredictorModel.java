package org.winnow.ml;

import org.apache.spark.ml.Model;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A network with few weights that predicts, and what it says of itself.
 *
 * @param <M> the model, as Spark wants to know it
 */
public abstract sealed class SparsePredictorModel<M extends SparsePredictorModel<M>> extends Model<M>
        implements SparsePredictorParams, MLWritable permits SparseClassifierModel, SparseRegressorModel {
    private static final long serialVersionUID = 1;

    private final String uid;
    private final transient PrunedNetwork pruned;

    SparsePredictorModel(String uid, PrunedNetwork pruned) {
        this.uid = uid;
        this.pruned = pruned;
    }

    final PrunedNetwork pruned() {
        return pruned;
    }

    /** What the network answers to vectors of the features. */
    final Answers answers() {
        return Answers.of(Outputs.slice(this, pruned), pruned.learned().encoder(), pruned.network());
    }

    @Override
    public final String uid() {
        return uid;
    }

    public M setFeaturesCol(String value) {
        return Settings.set(this, featuresCol(), value);
    }

    public M setPredictionCol(String value) {
        return Settings.set(this, predictionCol(), value);
    }

    public M setHandleInvalid(String value) {
        return Settings.set(this, handleInvalid(), value);
    }

    /** Numbers that a vector has to have. */
    public int numFeatures() {
        return pruned.learned().width();
    }

    /** Places in the vector of the features that the network still looks at, rising. */
    public int[] usedFeatures() {
        return pruned.usedFeatures();
    }

    /** A row for each layer and threshold, as the prune job writes it. */
    public Dataset<Row> relevance() {
        return pruned.relevanceTable();
    }

    /** A row for each mask and threshold, as the prune job writes it. */
    public Dataset<Row> masks() {
        return pruned.masksTable();
    }

    /** A row for each gate of the layers whose method has gates; those of inputs and outputs by the weights they act on. */
    public Dataset<Row> gates() {
        return pruned.gatesTable();
    }

    /** A row for each ablation, as the prune job writes it. */
    public Dataset<Row> ablations() {
        return pruned.ablationsTable();
    }

    /** A row for each try of a search and for the result, as the prune job writes it. */
    public Dataset<Row> trials() {
        return pruned.trialsTable();
    }

    /** What was kept of each layer, for people. */
    public String summary() {
        return pruned.summary();
    }

    @Override
    public MLWriter write() {
        return Saved.writer(this, pruned.files());
    }
}
