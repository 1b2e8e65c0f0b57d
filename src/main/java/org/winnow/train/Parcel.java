package org.winnow.train;

import java.io.Serializable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A node of a {@link ShardTree} on its way from an executor to the driver. Spark serialises a task's result twice, so of a
 * large node the arrays stay behind at the executor.
 *
 * @param node without its arrays if they were left behind
 * @param arrays null if they are in the node
 */
record Parcel(PartialMean node, @Nullable LeftBehind arrays) implements Serializable {
    /** Packs a node, within a task of the round of this broadcast. */
    static Parcel of(PartialMean node, long broadcast) {
        if (!LeftBehind.pays(node.parameters(), node.updaterState())) {
            return new Parcel(node, null);
        }
        String name = "shards_" + node.from() + "_" + node.to();
        LeftBehind arrays = LeftBehind.here(broadcast, name, node.parameters(), node.updaterState());
        return new Parcel(node.with(Packed.NONE, Packed.NONE), arrays);
    }

    /** Begins to unpack it, at the driver; its executor may have been lost before, which is what the future ends with then. */
    CompletableFuture<PartialMean> open() {
        return arrays == null ? CompletableFuture.completedFuture(node) : arrays.fetch(node::with);
    }
}
