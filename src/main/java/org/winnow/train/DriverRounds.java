package org.winnow.train;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.winnow.check.UserError;
import org.winnow.data.Shard;

/**
 * Whether rounds are taken by threads of the driver instead of Spark jobs: where those cost more than the steps in them. No
 * result depends on it.
 */
final class DriverRounds {
    private static final Logger LOG = LoggerFactory.getLogger(DriverRounds.class);

    /** Of the heap, for rows that a local master holds there anyway. */
    private static final int HEAP_SHARE = 8;

    /** Rows that a driver of a cluster fetches without a thought. */
    private static final long SMALL_BYTES = 4L << 20;

    /** Multiplications and additions that a core does in the ten milliseconds that a job on a cluster takes at least. */
    private static final double OPERATIONS_OF_A_JOB = 1e8;

    /** Forward, and backward to weights and to inputs, each a multiplication and an addition. */
    private static final int OPERATIONS_PER_WEIGHT = 6;

    private static final double MEBIBYTE = 1 << 20;

    private DriverRounds() {}

    /**
     * Shards of which all rounds are the driver's, if they are to be.
     *
     * @param bytes of all rows
     * @throws UserError if they are to be, and do not fit into the driver
     */
    static Optional<DriverShards> of(JavaRDD<Shard> shards, long bytes, TrainOptions.Rounds rounds) {
        boolean localMaster =
                JavaSparkContext.fromSparkContext(shards.context()).isLocal();
        long heap = Runtime.getRuntime().maxMemory();
        String size = String.format(Locale.ROOT, "the rows take %.1f MiB", bytes / MEBIBYTE);
        return switch (rounds) {
            case SPARK -> onSpark("train.rounds=spark");
            case LOCAL -> {
                if (bytes > heap / 2) {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "train.rounds=local: %s, more than half of the driver's heap of %.1f MiB; raise"
                                    + " DRIVER_MEMORY, or set train.rounds=auto",
                            size,
                            heap / MEBIBYTE));
                }
                yield Optional.of(byDriver(DriverShards.of(shards), "train.rounds=local"));
            }
            case AUTO -> {
                if (!localMaster) {
                    yield onSpark("the master is a cluster");
                }
                if (bytes > heap / HEAP_SHARE) {
                    yield onSpark(size + ", more than an eighth of the heap");
                }
                yield Optional.of(byDriver(DriverShards.of(shards), "the master is local, and " + size));
            }
        };
    }

    private static Optional<DriverShards> onSpark(String why) {
        LOG.info("rounds are Spark jobs: {}", why);
        return Optional.empty();
    }

    /** Whether the driver takes the rounds of a network sooner than a cluster begins to. */
    static boolean areShort(OptionalLong bytes, int shards, int parameters, TrainOptions options) {
        double operations = (double) OPERATIONS_PER_WEIGHT
                * parameters
                * options.batchSize()
                * options.averagingFrequency()
                * shards;
        return bytes.isPresent() && bytes.getAsLong() <= SMALL_BYTES && operations <= OPERATIONS_OF_A_JOB;
    }

    /** Says so. */
    static DriverShards byDriver(DriverShards shards, String why) {
        LOG.info("rounds are taken by {} of the driver's threads: {}", shards.threads(), why);
        return shards;
    }
}
