package org.winnow.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.reflect.ClassTag;

/**
 * A network's state that stays behind as blocks in the store of the process that has it, for others to fetch its bytes as they
 * are. What Spark carries itself it serialises and copies, some of it twice. The blocks are named after the round's broadcast,
 * and are removed with it everywhere, whatever became of their process's task.
 *
 * @param broadcast id of the round's
 * @param name of its own in the round
 * @param parameters bytes
 * @param updaterState bytes
 * @param store that has them
 */
record LeftBehind(long broadcast, String name, int parameters, int updaterState, BlockManagerId store)
        implements Serializable {
    /** Bytes; what has fewer is quicker within what Spark carries. */
    private static final int LEAST = 1 << 20;

    /** Bytes of a block, so that it is still in the cache when it is copied on. */
    private static final int BLOCK = 4 << 20;

    private static final ClassTag<Object> BYTES = ClassTag.Any();

    /** Whether a state is large enough to gain from it. */
    static boolean pays(Packed parameters, Packed updaterState) {
        return parameters.bytes().length + (long) updaterState.bytes().length >= LEAST;
    }

    /** Leaves a state, whose arrays must not change before the broadcast is destroyed, in this process's store. */
    static LeftBehind here(long broadcast, String name, Packed parameters, Packed updaterState) {
        BlockManager store = SparkEnv.get().blockManager();
        LeftBehind left = new LeftBehind(
                broadcast, name, parameters.bytes().length, updaterState.bytes().length, store.blockManagerId());
        left.leave(store, "parameters", parameters.bytes());
        left.leave(store, "updater", updaterState.bytes());
        return left;
    }

    /**
     * Begins to fetch the state, parameters and updater's, straight into arrays of this process; theirs may have been lost
     * before, which is what the future ends with then.
     */
    <T> CompletableFuture<T> fetch(BiFunction<Packed, Packed, T> use) {
        BlockFetch fetch = new BlockFetch();
        Packed first = planned(fetch, "parameters", parameters);
        Packed second = planned(fetch, "updater", updaterState);
        return fetch.from(store).thenApply(all -> use.apply(first, second));
    }

    /** Who fetches is told where they are, so that nobody need tell Spark's master of every block and wait for it. */
    private void leave(BlockManager into, String array, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BLOCK) {
            BroadcastBlockId block = block(array, from);
            ByteBuffer part =
                    ByteBuffer.wrap(bytes, from, length(from, bytes.length)).slice();
            if (!into.putBytes(block, new ChunkedByteBuffer(part), StorageLevel.MEMORY_AND_DISK_SER(), false, BYTES)) {
                throw new IllegalStateException(block + " of " + part.capacity()
                        + " bytes fits neither into this process's memory nor onto its disk");
            }
        }
    }

    private Packed planned(BlockFetch fetch, String array, int length) {
        byte[] bytes = SpareBytes.take(length);
        for (int from = 0; from < length; from += BLOCK) {
            fetch.add(block(array, from), bytes, from, length(from, length));
        }
        return new Packed(bytes);
    }

    private static int length(int from, int all) {
        return Math.min(BLOCK, all - from);
    }

    private BroadcastBlockId block(String array, int from) {
        return new BroadcastBlockId(broadcast, name + "_" + array + "_" + from);
    }
}
