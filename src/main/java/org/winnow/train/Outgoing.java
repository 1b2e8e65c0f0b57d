package org.winnow.train;

import java.io.Serializable;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockResult;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * A round's input on its way from the driver to executors, for as long as the round lasts. A few executors fetch a large state
 * from the driver as it is, as Spark would serialise it, cut it up and copy it five times, and the rest comes with their tasks;
 * where they are many, it is for them to pass it on among themselves, which is what Spark's broadcast does.
 */
final class Outgoing implements Serializable, AutoCloseable {
    /** Executors that the driver sends a state itself. */
    static final int FEW = 4;

    private static final ClassTag<RoundInput> INPUT = ClassTag$.MODULE$.apply(RoundInput.class);

    private final Broadcast<RoundInput> shared;
    /** The input without its arrays; null if it is all in the broadcast. */
    private final @Nullable RoundInput sent;

    private final @Nullable LeftBehind state;

    private Outgoing(Broadcast<RoundInput> shared, @Nullable RoundInput sent, @Nullable LeftBehind state) {
        this.shared = shared;
        this.sent = sent;
        this.state = state;
    }

    /**
     * Sends an input, whose arrays must not change before this is closed.
     *
     * @param executors how many there are about now
     */
    static Outgoing of(RoundInput input, JavaSparkContext spark, int executors) {
        if (executors > FEW || !LeftBehind.pays(input.parameters(), input.updaterState())) {
            return new Outgoing(spark.broadcast(input), null, null);
        }
        RoundInput sent = input.with(Packed.NONE, Packed.NONE);
        // Nobody reads it: its id names the blocks of the round, which go when it is destroyed.
        Broadcast<RoundInput> shared = spark.broadcast(sent);
        LeftBehind state = LeftBehind.here(shared.id(), "input", input.parameters(), input.updaterState());
        return new Outgoing(shared, sent, state);
    }

    /** Of the broadcast, which blocks of this round are named after. */
    long id() {
        return shared.id();
    }

    /** The input, in a task. */
    RoundInput value() {
        return sent == null || state == null ? shared.value() : arrived(sent, state);
    }

    /** One for all tasks of a process, kept until the broadcast is destroyed. */
    private static RoundInput arrived(RoundInput sent, LeftBehind state) {
        BlockManager store = SparkEnv.get().blockManager();
        BroadcastBlockId block = new BroadcastBlockId(state.broadcast(), "arrived");
        synchronized (Outgoing.class) {
            Option<BlockResult> kept = store.getLocalValues(block);
            if (kept.isDefined()) {
                return only(kept.get());
            }
            RoundInput whole = state.fetch(sent::with).join();
            store.putSingle(block, whole, StorageLevel.MEMORY_AND_DISK(), false, INPUT);
            return whole;
        }
    }

    /** Looks for a second value, too: the block is locked until there is none. */
    private static RoundInput only(BlockResult kept) {
        RoundInput input = (RoundInput) kept.data().next();
        if (kept.data().hasNext()) {
            throw new IllegalStateException("two inputs in one block");
        }
        return input;
    }

    @Override
    public void close() {
        shared.destroy();
    }
}
