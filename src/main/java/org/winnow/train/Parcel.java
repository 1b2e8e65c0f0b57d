package org.winnow.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BlockManagerId;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import org.jspecify.annotations.Nullable;
import scala.reflect.ClassTag;

/**
 * A node of a {@link ShardTree} on its way from an executor to the driver. Spark serialises a task's result twice, so of a
 * large node the arrays stay behind as blocks in the executor's store, and the driver fetches their bytes as they are. They
 * are named after the round's broadcast, and are removed with it everywhere, whatever became of their task.
 *
 * @param node without its arrays if they were left behind
 * @param broadcast id of the round's
 * @param parameters bytes left behind
 * @param updaterState bytes left behind
 * @param store that has them; null if nothing was left behind
 */
record Parcel(
        PartialMean node,
        long broadcast,
        int parameters,
        int updaterState,
        @Nullable BlockManagerId store) implements Serializable {
    /** Bytes; what has fewer is quicker within the result. */
    private static final int LEAST = 1 << 20;

    /** Bytes of a block, so that it is still in the cache when it is copied on. */
    private static final int BLOCK = 4 << 20;

    private static final ClassTag<Object> BYTES = ClassTag.Any();

    /** Packs a node, within a task. */
    static Parcel of(PartialMean node, long broadcast) {
        byte[] parameters = node.parameters().bytes();
        byte[] updaterState = node.updaterState().bytes();
        if (parameters.length + (long) updaterState.length < LEAST) {
            return new Parcel(node, broadcast, 0, 0, null);
        }
        BlockManager store = SparkEnv.get().blockManager();
        Parcel parcel = new Parcel(
                node.with(Packed.NONE, Packed.NONE),
                broadcast,
                parameters.length,
                updaterState.length,
                store.blockManagerId());
        parcel.leave(store, "parameters", parameters);
        parcel.leave(store, "updater", updaterState);
        return parcel;
    }

    /** Begins to unpack it, at the driver; its executor may have been lost before, which is what the future ends with then. */
    CompletableFuture<PartialMean> open() {
        if (store == null) {
            return CompletableFuture.completedFuture(node);
        }
        BlockFetch fetch = new BlockFetch();
        Packed first = fetched(fetch, "parameters", parameters);
        Packed second = fetched(fetch, "updater", updaterState);
        return fetch.from(store).thenApply(all -> node.with(first, second));
    }

    /** The driver knows where they are, so that their executor need not tell Spark's master of every block and wait for it. */
    private void leave(BlockManager into, String array, byte[] bytes) {
        for (int from = 0; from < bytes.length; from += BLOCK) {
            BroadcastBlockId block = block(array, from);
            ByteBuffer part =
                    ByteBuffer.wrap(bytes, from, length(from, bytes.length)).slice();
            if (!into.putBytes(block, new ChunkedByteBuffer(part), StorageLevel.MEMORY_AND_DISK_SER(), false, BYTES)) {
                throw new IllegalStateException(block + " of " + part.capacity()
                        + " bytes fits neither into this executor's memory nor onto its disk");
            }
        }
    }

    private Packed fetched(BlockFetch fetch, String array, int length) {
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
        return new BroadcastBlockId(broadcast, array + "_" + node.from() + "_" + node.to() + "_" + from);
    }
}
