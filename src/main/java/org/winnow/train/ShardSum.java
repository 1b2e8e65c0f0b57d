package org.winnow.train;

import org.winnow.check.Check;

/**
 * Numbers added up over shards.
 *
 * @param from index of the first shard
 * @param shards how many shards
 * @param numbers the sums
 */
record ShardSum(int from, int shards, double[] numbers) implements ShardNode<ShardSum> {
    @Override
    public ShardSum merge(ShardSum next, Cores cores) {
        Check.that(next.numbers.length == numbers.length, "numbers", numbers.length + " long", next.numbers.length);
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] += next.numbers[i];
        }
        return new ShardSum(from, shards + next.shards, numbers);
    }
}
