package org.winnow.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.data.Block;
import org.winnow.data.EncodedRow;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
import org.winnow.layer.Gated;
import org.winnow.layer.Noisy;
import org.winnow.layer.Scheduled;
import org.winnow.model.GateStatistics;
import org.winnow.model.Score;
import org.winnow.train.Predictor.Prediction;

/** An executor thread's network: takes a shard's steps of a round, and judges rows. */
final class Worker {
    /** Building a network costs more than a round's steps on small data, so every thread keeps its own. */
    private static final ThreadLocal<@Nullable Worker> OF_THREAD = new ThreadLocal<>();

    private static final int JUDGED_AT_ONCE = 1024;

    private final String configuration;
    private final MultiLayerNetwork network;

    private Worker(String configuration) {
        this.configuration = configuration;
        network = new MultiLayerNetwork(MultiLayerConfiguration.fromJson(configuration));
        network.init();
    }

    /** This thread's worker for a network of this configuration. */
    static Worker of(String configuration) {
        Worker kept = OF_THREAD.get();
        if (kept == null || !kept.configuration.equals(configuration)) {
            kept = new Worker(configuration);
            OF_THREAD.set(kept);
        }
        return kept;
    }

    ShardResult take(RoundInput round, Shard shard) {
        load(round);
        Score heldOut = round.judge() ? judge(shard.test(), round.head()) : Score.NONE;

        TrainOptions options = round.options();
        boolean averagesUpdater = options.average() == TrainOptions.Averaged.PARAMETERS_AND_UPDATER;
        Schedule penalty = Schedule.of("penalty_schedule", options.penaltySchedule());
        Schedule temperature = Schedule.of("temperature_schedule", options.temperatureSchedule());
        Block rows = shard.train();
        Noise noise = Noise.of(options.seed());
        Batches batches = new Batches(rows, options.batchSize(), noise.child(Stream.ORDER, shard.index()));
        int last = Math.min(round.firstStep() + round.steps(), options.epochs() * batches.perEpoch());
        long samples = 0;
        double loss = 0;
        for (int step = round.firstStep(); step < last; step++) {
            double epoch = (double) step / batches.perEpoch();
            prepare(noise.child(Stream.LAYER, shard.index(), step), penalty.at(epoch), temperature.at(epoch));
            // Adam's correction of its bias counts the steps since its state was zero.
            network.setIterationCount(averagesUpdater ? step : step - round.firstStep());
            network.setEpochCount((int) epoch);
            int[] chosen = batches.rowsOf(step);
            network.fit(inputs(rows, chosen), targets(rows, chosen, round.head()));
            samples += chosen.length;
            loss += network.score() * chosen.length;
        }
        return new ShardResult(
                shard.index(),
                samples,
                loss,
                network.params().toFloatVector(),
                averagesUpdater ? network.getUpdater().getStateViewArray().toFloatVector() : new float[0],
                GateStatistics.of(rawGateValues()),
                heldOut);
    }

    /** Gives the layers what depends on shard and step. */
    private void prepare(Noise noise, double penalty, double temperature) {
        for (Layer layer : network.getLayers()) {
            if (layer instanceof Noisy noisy) {
                noisy.noise(noise.child(layer.getIndex()));
            }
            if (layer instanceof Scheduled scheduled) {
                scheduled.factors(penalty, temperature);
            }
        }
    }

    /** Judges parameters on rows, in pieces that keep memory bounded. */
    Score judge(float[] parameters, Block rows, Head head) {
        network.setParams(rowVector(parameters));
        return judge(rows, head);
    }

    /** What the network answers for a batch of rows. */
    List<Prediction> answer(float[] parameters, List<EncodedRow> rows) {
        network.setParams(rowVector(parameters));
        INDArray inputs = Nd4j.create(rows.stream().map(EncodedRow::inputs).toArray(float[][]::new));
        float[] answers = network.output(inputs, false).dup('c').data().asFloat();
        int width = answers.length / rows.size();
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i -> new Prediction(rows.get(i).row(), Arrays.copyOfRange(answers, i * width, (i + 1) * width)))
                .toList();
    }

    private void load(RoundInput round) {
        network.setParams(rowVector(round.parameters()));
        INDArray state = network.getUpdater().getStateViewArray();
        if (round.updaterState().length == 0) {
            state.assign(0);
        } else {
            state.assign(rowVector(round.updaterState()));
        }
    }

    private Score judge(Block rows, Head head) {
        Score score = Score.NONE;
        for (int from = 0; from < rows.rows(); from += JUDGED_AT_ONCE) {
            int[] chosen = IntStream.range(from, Math.min(rows.rows(), from + JUDGED_AT_ONCE))
                    .toArray();
            float[] answers =
                    network.output(inputs(rows, chosen), false).dup('c').data().asFloat();
            score = score.merge(head.judge(answers, rows.targets(), from, chosen.length));
        }
        return score;
    }

    private double[] rawGateValues() {
        return Arrays.stream(network.getLayers())
                .filter(Gated.class::isInstance)
                .flatMapToDouble(layer -> Arrays.stream(((Gated) layer).rawGateValues()))
                .toArray();
    }

    private static INDArray inputs(Block rows, int[] chosen) {
        int columns = rows.columns();
        float[] gathered = new float[chosen.length * columns];
        for (int i = 0; i < chosen.length; i++) {
            System.arraycopy(rows.inputs(), chosen[i] * columns, gathered, i * columns, columns);
        }
        return Nd4j.create(gathered, new long[] {chosen.length, columns}, 'c');
    }

    private static INDArray targets(Block rows, int[] chosen, Head head) {
        float[] gathered = new float[chosen.length * head.width()];
        for (int i = 0; i < chosen.length; i++) {
            head.encode(rows.targets()[chosen[i]], gathered, i * head.width());
        }
        return Nd4j.create(gathered, new long[] {chosen.length, head.width()}, 'c');
    }

    private static INDArray rowVector(float[] values) {
        return Nd4j.create(values, new long[] {1, values.length}, 'c');
    }
}
