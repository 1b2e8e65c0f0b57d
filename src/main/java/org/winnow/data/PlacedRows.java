package org.winnow.data;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.winnow.data.read.RawRow;
import scala.Tuple2;

/**
 * Rows as numbers ({@link RowCoder}), each in the partition of its shard and in the order of its place there. The
 * shuffle that brought them is done once: later passes read what it wrote.
 *
 * @param rows place to target and features
 * @param columns of a row
 * @param split which places are held out
 */
record PlacedRows(JavaPairRDD<Long, CodedRow> rows, int columns, Split split) {
    /** Encodes and shuffles the rows of a source. */
    static PlacedRows of(JavaRDD<RawRow> source, Schema schema, int[] slots, Split split) {
        JavaPairRDD<Long, CodedRow> placed = source.mapPartitionsToPair(rows -> {
            RowCoder coder = new RowCoder(schema, slots, false);
            Split.Order order = split.order();
            return new MappedIterator<>(rows, row -> {
                long place = order.place(split.number(row.part(), row.row()));
                return new Tuple2<>(place, CodedRow.of(coder.labelled(row)));
            });
        });
        return new PlacedRows(
                placed.filter(row -> split.isUsed(row._1)).repartitionAndSortWithinPartitions(new ByShard(split)),
                1 + slots.length,
                split);
    }

    /** Sends a place to its shard's partition. */
    private static final class ByShard extends Partitioner {
        private static final long serialVersionUID = 1;

        private final Split split;

        ByShard(Split split) {
            this.split = split;
        }

        @Override
        public int numPartitions() {
            return split.shards();
        }

        @Override
        public int getPartition(Object place) {
            return split.shard((Long) place);
        }
    }

    /**
     * Moments and a sample of the training rows and a sum over the content, merged in the order of the shards.
     *
     * @param classes that its target can be; 0: it is a number
     */
    Summary summary(int classes) {
        Split cut = split; // Tasks take this along, not the whole of this.
        int width = columns;
        List<Summary> ofShards = rows.mapPartitionsWithIndex(
                        (shard, placed) ->
                                List.of(Summary.of(placed, width, classes, cut)).iterator(),
                        true)
                .collect();
        return ofShards.stream().reduce(Summary.none(width, classes), Summary::merge);
    }

    /** For each of these columns the value that most training rows have; of equally frequent ones the least. */
    Map<Integer, Double> mostFrequent(int[] columns) {
        if (columns.length == 0) {
            return Map.of();
        }
        Split cut = split;
        return rows.filter(placed -> !cut.isTest(placed._1))
                .flatMapToPair(placed -> IntStream.of(columns)
                        .filter(column -> !Double.isNaN(placed._2.at(column)))
                        .mapToObj(column -> new Tuple2<>(new Tuple2<>(column, placed._2.at(column)), 1L))
                        .iterator())
                .reduceByKey(Long::sum)
                .mapToPair(counted -> new Tuple2<>(counted._1._1, new Tuple2<>(counted._1._2, counted._2)))
                .reduceByKey(PlacedRows::moreFrequent)
                .mapValues(Tuple2::_1)
                .collectAsMap();
    }

    private static Tuple2<Double, Long> moreFrequent(Tuple2<Double, Long> a, Tuple2<Double, Long> b) {
        int order = Long.compare(a._2, b._2);
        return order > 0 || (order == 0 && a._1 <= b._1) ? a : b;
    }

    /** Blocks for a network. */
    JavaRDD<Shard> shards(Encoder encoder, int[] kept, RowWeights weights) {
        Split cut = split;
        int width = columns;
        return rows.mapPartitionsWithIndex(
                (index, placed) -> {
                    BlockBuilder train = new BlockBuilder(encoder, kept, weights, (int) cut.trainRows(index));
                    BlockBuilder test = new BlockBuilder(encoder, kept, weights, (int) cut.testRows(index));
                    double[] room = new double[width];
                    placed.forEachRemaining(row -> (cut.isTest(row._1) ? test : train).add(row._2.numbers(room)));
                    return List.of(new Shard(index, train.build(), test.build()))
                            .iterator();
                },
                true);
    }
}
