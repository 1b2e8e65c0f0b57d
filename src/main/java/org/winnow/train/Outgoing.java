package org.winnow.train;

import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.jspecify.annotations.Nullable;

/**
 * A round's input on its way from the driver to executors: a broadcast, which lasts as long as the round. A few executors fetch
 * a large state from the driver as it is, as Spark would serialise it, cut it up and copy it five times; where they are many,
 * it is for them to pass it on among themselves, which is what Spark's broadcast does.
 */
final class Outgoing implements Serializable, AutoCloseable {
    /** Executors that the driver sends a state itself. */
    static final int FEW = 4;

    private final Broadcast<Kept> shared;
    private final @Nullable LeftBehind state;

    private Outgoing(Broadcast<Kept> shared, @Nullable LeftBehind state) {
        this.shared = shared;
        this.state = state;
    }

    /** What a process has of the input: one for all of its tasks. */
    private static final class Kept implements Serializable {
        private final RoundInput sent;
        private transient @Nullable RoundInput whole;

        Kept(RoundInput sent) {
            this.sent = sent;
        }

        synchronized RoundInput with(LeftBehind state) {
            if (whole == null) {
                whole = state.fetch(sent::with).join();
            }
            return whole;
        }
    }

    /**
     * Sends an input, whose arrays must not change before this is closed.
     *
     * @param executors how many there are about now
     */
    static Outgoing of(RoundInput input, JavaSparkContext spark, int executors) {
        if (executors > FEW || !LeftBehind.pays(input.parameters(), input.updaterState())) {
            return new Outgoing(spark.broadcast(new Kept(input)), null);
        }
        Broadcast<Kept> shared = spark.broadcast(new Kept(input.with(Packed.NONE, Packed.NONE)));
        return new Outgoing(shared, LeftBehind.here(shared.id(), "input", input.parameters(), input.updaterState()));
    }

    /** Of the broadcast, which blocks of this round are named after. */
    long id() {
        return shared.id();
    }

    /** The input, in a task. */
    RoundInput value() {
        Kept kept = shared.value();
        return state == null ? kept.sent : kept.with(state);
    }

    @Override
    public void close() {
        shared.destroy();
    }
}
