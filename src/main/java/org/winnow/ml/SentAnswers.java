package org.winnow.ml;

import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.api.java.UDF1;
import org.jspecify.annotations.Nullable;
import org.winnow.data.Encoder;

/** {@link Answers} of a network that is sent to executors. */
final class SentAnswers implements UDF1<Vector, Vector> {
    private static final long serialVersionUID = 1;

    private final Slice slice;
    private final Encoder encoder;
    private final Broadcast<byte[]> file;
    private transient volatile @Nullable Answers answers;

    /**
     * Answers.
     *
     * @param slice takes what the encoder wants
     * @param file of the network
     */
    SentAnswers(Slice slice, Encoder encoder, Broadcast<byte[]> file) {
        this.slice = slice;
        this.encoder = encoder;
        this.file = file;
    }

    @Override
    public Vector call(@Nullable Vector vector) {
        return answers().call(vector);
    }

    /** Read once by each task. */
    private Answers answers() {
        Answers known = answers;
        if (known == null) {
            known = Answers.of(slice, encoder, PrunedNetwork.network(file.value(), "the network of a model"));
            answers = known;
        }
        return known;
    }
}
