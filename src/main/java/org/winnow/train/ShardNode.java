package org.winnow.train;

import java.io.Serializable;

/** What one shard, or several neighbouring ones, return: a node of {@link ShardTree}. */
interface ShardNode<N extends ShardNode<N>> extends Serializable {
    /** Index of the first shard. */
    int from();

    /** How many shards it is over. */
    int shards();

    /** That over these shards and those right after them; this one's numbers are used up. */
    N merge(N next, Cores cores);
}
