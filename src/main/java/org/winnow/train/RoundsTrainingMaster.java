package org.winnow.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.spark.HashPartitioner;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.deeplearning4j.core.loader.DataSetLoader;
import org.deeplearning4j.core.loader.MultiDataSetLoader;
import org.deeplearning4j.core.storage.StatsStorageRouter;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.deeplearning4j.spark.api.TrainingHook;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.api.TrainingResult;
import org.deeplearning4j.spark.api.TrainingWorker;
import org.deeplearning4j.spark.api.stats.SparkTrainingStats;
import org.deeplearning4j.spark.impl.graph.SparkComputationGraph;
import org.deeplearning4j.spark.impl.multilayer.SparkDl4jMultiLayer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.winnow.check.Check;
import org.winnow.model.Score;
import scala.Tuple2;

/**
 * Rounds of local steps and averaging as a {@link TrainingMaster}, so that DL4J's {@link SparkDl4jMultiLayer} and
 * {@link SparkComputationGraph} train with them. A call trains for one epoch, as with DL4J's own masters. Data sets are
 * spread over shards in their order, each kept as plain arrays; the result depends on the number of shards and not on the
 * cluster. The updater's state goes on from call to call; an outer optimiser's velocity begins anew.
 */
public final class RoundsTrainingMaster implements TrainingMaster<TrainingResult, TrainingWorker<TrainingResult>> {
    private final TrainOptions options;
    private Collection<TrainingListener> listeners = List.of();

    /** The examples of one shard. */
    private record Piece(int shard, Examples examples) implements Serializable {}

    /**
     * A master.
     *
     * @param options batch size, shards (at least 1), averaging frequency, outer optimiser, schedules and seed; epochs,
     *     early stopping and checkpoints are the caller's
     */
    public RoundsTrainingMaster(TrainOptions options) {
        Check.atLeast(1, options.shards(), "shards");
        Check.that(options.master() == TrainOptions.Master.WINNOW, "master", "winnow", options.master());
        this.options = options;
    }

    @Override
    public void executeTraining(SparkDl4jMultiLayer network, JavaRDD<DataSet> data) {
        train(network.getSparkContext(), Network.of(network.getNetwork()), data.map(DataSet::toMultiDataSet));
    }

    @Override
    public void executeTraining(SparkComputationGraph graph, JavaRDD<DataSet> data) {
        train(graph.getSparkContext(), Network.of(graph.getNetwork()), data.map(DataSet::toMultiDataSet));
    }

    @Override
    public void executeTrainingMDS(SparkComputationGraph graph, JavaRDD<MultiDataSet> data) {
        train(graph.getSparkContext(), Network.of(graph.getNetwork()), data);
    }

    /** Not supported: load the files into an RDD of data sets first. */
    @Override
    public void executeTrainingPaths(
            SparkDl4jMultiLayer network,
            SparkComputationGraph graph,
            JavaRDD<String> paths,
            DataSetLoader loader,
            MultiDataSetLoader multiLoader) {
        throw new UnsupportedOperationException(
                "training from paths is not supported; load them into an RDD of data sets and fit that");
    }

    private void train(JavaSparkContext spark, Network network, JavaRDD<MultiDataSet> data) {
        JavaRDD<Piece> pieces = pieces(data).persist(StorageLevel.MEMORY_AND_DISK());
        try (JobGroup group = new JobGroup(spark.sc(), "training-from-step-" + network.iteration())) {
            int mostRows =
                    ShardRuns.of(pieces).map(piece -> piece.examples().rows()).reduce(Math::max);
            int batches = Batches.perEpoch(mostRows, options.batchSize());
            int rounds = (batches + options.averagingFrequency() - 1) / options.averagingFrequency();
            String configuration = network.configuration();
            int stepsBefore = network.iteration();
            RoundState state = RoundState.start(network.parameters().floats(), network.updaterState(), options.outer());
            for (int round = 0; round < rounds; round++) {
                group.describe("round " + (round + 1) + " of " + rounds);
                int firstStep = round * options.averagingFrequency();
                RoundInput input = new RoundInput(
                        configuration,
                        options,
                        network.epoch(),
                        stepsBefore,
                        Packed.of(state.parameters()),
                        state.updaterState(),
                        firstStep,
                        Math.min(options.averagingFrequency(), batches - firstStep),
                        false);
                state = state.after(round(pieces, input), options);
                network.parameters(Packed.of(state.parameters()));
                network.updaterState(state.updaterState());
                network.roundDone(stepsBefore + firstStep + input.steps(), state.loss(), listeners);
            }
        } finally {
            pieces.unpersist();
        }
    }

    private static RoundMean round(JavaRDD<Piece> pieces, RoundInput input) {
        return RoundJob.mean(
                pieces,
                input,
                (round, piece) ->
                        Worker.of(round.configuration()).steps(round, piece.shard(), piece.examples(), Score.NONE));
    }

    /** Data set {@code i} of {@code n} goes to shard {@code i * shards / n}; a shard may be empty. */
    private JavaRDD<Piece> pieces(JavaRDD<MultiDataSet> data) {
        int shards = options.shards();
        long count = data.count();
        Check.that(count > 0, "training data", "at least one data set", count);
        return data.zipWithIndex()
                .mapToPair(row -> new Tuple2<>((int) (row._2() * shards / count), row))
                .groupByKey(new HashPartitioner(shards))
                .mapPartitionsWithIndex(
                        (shard, groups) -> {
                            List<Tuple2<MultiDataSet, Long>> rows = new ArrayList<>();
                            groups.forEachRemaining(group -> group._2().forEach(rows::add));
                            rows.sort((a, b) -> Long.compare(a._2(), b._2()));
                            List<MultiDataSet> sets =
                                    rows.stream().map(Tuple2::_1).toList();
                            return List.of(new Piece(shard, ArrayExamples.of(sets)))
                                    .iterator();
                        },
                        true);
    }

    @Override
    public void setListeners(Collection<TrainingListener> newListeners) {
        listeners = List.copyOf(newListeners);
    }

    @Override
    public void setListeners(@Nullable StatsStorageRouter router, Collection<TrainingListener> newListeners) {
        setListeners(newListeners);
    }

    @Override
    public String toJson() {
        try {
            return new ObjectMapper().writeValueAsString(options);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("options are plain values", e);
        }
    }

    /** JSON, which is YAML too. */
    @Override
    public String toYaml() {
        return toJson();
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkDl4jMultiLayer network) {
        throw noWorkers();
    }

    @Override
    public TrainingWorker<TrainingResult> getWorkerInstance(SparkComputationGraph graph) {
        throw noWorkers();
    }

    private static UnsupportedOperationException noWorkers() {
        return new UnsupportedOperationException("shards take their steps in rounds, not in DL4J's training workers");
    }

    @Override
    public void addHook(TrainingHook hook) {
        throw new UnsupportedOperationException("hooks run in DL4J's training workers, which this master has none of");
    }

    @Override
    public void removeHook(TrainingHook hook) {
        // None can have been added.
    }

    @Override
    public void setCollectTrainingStats(boolean collect) {
        Check.that(!collect, "collectTrainingStats", "false; Spark's own page shows every round", collect);
    }

    @Override
    public boolean getIsCollectTrainingStats() {
        return false;
    }

    @Override
    public @Nullable SparkTrainingStats getTrainingStats() {
        return null;
    }

    /** Nothing is written to files. */
    @Override
    public boolean deleteTempFiles(JavaSparkContext spark) {
        return true;
    }

    @Override
    public boolean deleteTempFiles(SparkContext spark) {
        return true;
    }
}
