package org.winnow.train;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.deeplearning4j.spark.api.RDDTrainingApproach;
import org.deeplearning4j.spark.api.TrainingMaster;
import org.deeplearning4j.spark.impl.paramavg.ParameterAveragingTrainingMaster;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.winnow.check.UserError;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.model.GateStatistics;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.train.AveragingTrainer.Trained;

/**
 * DL4J's {@link ParameterAveragingTrainingMaster} on the same network and the same shards, for comparison. It is left as
 * it comes: it deals minibatches out anew to as many workers as there are shards, averages them unweighted, and draws the
 * same gate noise on each. Its results are <b>not repeatable</b>: sums are taken in the order of arrival. An epoch is a
 * round here; what shards differ by is not known.
 */
final class Dl4jTrainer {
    private final JavaRDD<Shard> shards;
    private final Head head;
    private final TrainOptions options;
    private final Run run;
    private final JobGroup group;
    private final Network network;

    private Dl4jTrainer(
            JavaRDD<Shard> shards, NetworkState start, Head head, TrainOptions options, Run run, JobGroup group) {
        this.shards = shards;
        this.head = head;
        this.options = options;
        this.run = run;
        this.group = group;
        network = Network.of(start.configuration());
        network.parameters(Packed.of(start.parameters()));
    }

    /** Trains, as {@link AveragingTrainer#fit} does. */
    static Trained fit(
            JavaRDD<Shard> shards, NetworkState start, Head head, TrainOptions options, Run run, JobGroup group) {
        return new Dl4jTrainer(shards, start, head, options, run, group).fit(start.configuration());
    }

    private Trained fit(String configuration) {
        JavaSparkContext spark = JavaSparkContext.fromSparkContext(shards.context());
        ToDoubleFunction<JavaRDD<DataSet>> fit = network.under(master(), spark);
        long rows = shards.map(shard -> (long) shard.train().rows()).reduce(Long::sum);
        Pace pace = new Pace(0, options.epochs());
        Score heldOut = Score.NONE;
        int judgedAfter = 0;
        GateStatistics gates = GateStatistics.NONE;
        double loss = Double.NaN;
        for (int epoch = 1; epoch <= options.epochs(); epoch++) {
            group.describe("epoch " + epoch + " of " + options.epochs() + " (DL4J)");
            JavaRDD<DataSet> minibatches = minibatches(epoch);
            loss = fit.applyAsDouble(minibatches);
            minibatches.unpersist();
            requireFinite(epoch, loss);
            gates = gates.followedBy(GateStatistics.of(network.rawGateValues()));
            if (epoch % options.evaluateEvery() == 0) {
                heldOut = Shards.onSpark(shards).judge(state(configuration), head);
                judgedAfter = epoch;
            }
            pace.took(rows);
            run.listener().after(report(epoch, loss, heldOut, judgedAfter, pace));
        }
        group.describe("judgement of the result");
        NetworkState trained = state(configuration);
        return new Trained(
                trained,
                loss,
                Shards.onSpark(shards).judge(trained, head),
                GateStatistics.unspread(network.rawGateValues()),
                gates,
                Optional.empty());
    }

    private TrainingMaster<?, ?> master() {
        return new ParameterAveragingTrainingMaster.Builder(shards.getNumPartitions(), options.batchSize())
                .batchSizePerWorker(options.batchSize())
                .averagingFrequency(options.averagingFrequency())
                .saveUpdater(options.average() == TrainOptions.Averaged.PARAMETERS_AND_UPDATER)
                .workerPrefetchNumBatches(0)
                .rddTrainingApproach(RDDTrainingApproach.Direct)
                .rngSeed(options.seed())
                .build();
    }

    /** The minibatches that our own rounds take in an epoch. DL4J persists them itself. */
    private JavaRDD<DataSet> minibatches(int epoch) {
        Head wanted = head;
        int size = options.batchSize();
        Noise order = Noise.of(options.seed()).child(0).child(Stream.ORDER);
        return shards.flatMap(shard -> minibatches(new BlockExamples(shard.train(), wanted), size, order, shard, epoch)
                .iterator());
    }

    private static List<DataSet> minibatches(Examples examples, int size, Noise order, Shard shard, int epoch) {
        if (shard.train().weights().length > 0) {
            throw new UserError("train.master=dl4j knows no weights of rows");
        }
        Batches batches = new Batches(examples.rows(), size, order.child(shard.index()));
        int first = (epoch - 1) * batches.perEpoch();
        return IntStream.range(first, first + batches.perEpoch())
                .mapToObj(step -> {
                    MultiDataSet batch = examples.gather(batches.rowsOf(step));
                    return new DataSet(batch.getFeatures(0), batch.getLabels(0));
                })
                .toList();
    }

    private void requireFinite(int epoch, double loss) {
        if (!AveragingTrainer.finite(loss, network.parameters().floats())) {
            throw new UserError("training stopped in epoch " + epoch + " (" + run.name()
                    + "): loss or parameters are no longer finite; lower train.learning_rate ("
                    + options.learningRate() + ")");
        }
    }

    private NetworkState state(String configuration) {
        return new NetworkState(configuration, network.parameters().floats());
    }

    private Round report(int epoch, double loss, Score heldOut, int judgedAfter, Pace pace) {
        return new Round(
                epoch,
                options.epochs(),
                epoch,
                loss,
                heldOut,
                judgedAfter,
                pace.samplesPerSecond(),
                pace.seconds(),
                pace.secondsLeft(),
                epoch == options.epochs(),
                network.parameters().floats());
    }
}
