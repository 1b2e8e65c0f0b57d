package org.winnow.train;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.apache.spark.SparkEnv;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.BlockFetchingListener;
import org.apache.spark.storage.BlockId;
import org.apache.spark.storage.BlockManagerId;

/**
 * Blocks of another process's store on their way from the network straight to where they belong in arrays. Spark's own call for
 * a block makes and fills two arrays before it has one to give, and waits for one block after the other.
 */
final class BlockFetch implements BlockFetchingListener {
    private final Map<String, Target> targets = new LinkedHashMap<>();

    private record Target(byte[] array, int from, int length, CompletableFuture<Void> filled) {
        void fill(ManagedBuffer data) throws IOException {
            try (InputStream bytes = data.createInputStream()) {
                if (data.size() != length || bytes.readNBytes(array, from, length) != length) {
                    throw new IOException("a block has " + data.size() + " bytes and not " + length);
                }
            }
        }
    }

    /** Plans to fill a part of an array with a block. */
    void add(BlockId block, byte[] array, int from, int length) {
        targets.put(block.name(), new Target(array, from, length, new CompletableFuture<>()));
    }

    /**
     * Begins to fetch all blocks planned. The future ends when they are there, or exceptionally if one cannot be had; a store that
     * says nothing counts as lost after {@code spark.network.timeout}.
     */
    CompletableFuture<Void> from(BlockManagerId store) {
        String[] blocks = targets.keySet().toArray(String[]::new);
        SparkEnv.get()
                .blockManager()
                .blockStoreClient()
                .fetchBlocks(store.host(), store.port(), store.executorId(), blocks, this, null);
        return CompletableFuture.allOf(
                targets.values().stream().map(Target::filled).toArray(CompletableFuture<?>[]::new));
    }

    @Override
    public void onBlockFetchSuccess(String block, ManagedBuffer data) {
        Target target = target(block);
        try {
            target.fill(data);
            target.filled().complete(null);
        } catch (IOException e) {
            target.filled().completeExceptionally(e);
        }
    }

    @Override
    public void onBlockFetchFailure(String block, Throwable reason) {
        target(block).filled().completeExceptionally(reason);
    }

    private Target target(String block) {
        return Objects.requireNonNull(targets.get(block), block);
    }
}
