package org.winnow.train;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.spark.SparkEnv;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BroadcastBlockId;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.io.ChunkedByteBuffer;
import scala.Option;
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
 */
record Parcel(PartialMean node, long broadcast, int parameters, int updaterState) implements Serializable {
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
            return new Parcel(node, broadcast, 0, 0);
        }
        Parcel parcel =
                new Parcel(node.with(Packed.NONE, Packed.NONE), broadcast, parameters.length, updaterState.length);
        parcel.leave("parameters", parameters);
        parcel.leave("updater", updaterState);
        return parcel;
    }

    /** Unpacks it, at the driver; empty if its executor was lost before. */
    Optional<PartialMean> open() {
        if (parameters + (long) updaterState == 0) {
            return Optional.of(node);
        }
        return fetched("parameters", parameters)
                .flatMap(first -> fetched("updater", updaterState).map(second -> node.with(first, second)));
    }

    private void leave(String array, byte[] bytes) {
        BlockManager store = SparkEnv.get().blockManager();
        for (int from = 0; from < bytes.length; from += BLOCK) {
            BroadcastBlockId block = block(array, from);
            ByteBuffer part =
                    ByteBuffer.wrap(bytes, from, length(from, bytes.length)).slice();
            if (!store.putBytes(block, new ChunkedByteBuffer(part), StorageLevel.MEMORY_AND_DISK_SER(), true, BYTES)) {
                throw new IllegalStateException(block + " of " + part.capacity()
                        + " bytes fits neither into this executor's memory nor onto its disk");
            }
        }
    }

    private Optional<Packed> fetched(String array, int length) {
        BlockManager store = SparkEnv.get().blockManager();
        byte[] bytes = new byte[length];
        for (int from = 0; from < length; from += BLOCK) {
            Option<ChunkedByteBuffer> found = store.getRemoteBytes(block(array, from));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            found.get().toByteBuffer().get(bytes, from, length(from, length));
        }
        return Optional.of(new Packed(bytes));
    }

    private static int length(int from, int all) {
        return Math.min(BLOCK, all - from);
    }

    private BroadcastBlockId block(String array, int from) {
        return new BroadcastBlockId(broadcast, array + "_" + node.from() + "_" + node.to() + "_" + from);
    }
}
