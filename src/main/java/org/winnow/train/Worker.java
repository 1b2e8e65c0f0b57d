package org.winnow.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.winnow.data.Block;
import org.winnow.data.EncodedRow;
import org.winnow.data.Shard;
import org.winnow.kernel.Noise;
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
    private final Network network;

    private Worker(String configuration) {
        this.configuration = configuration;
        network = Network.ofOwnLayers(configuration);
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

    /** A shard's part of a round: the judgement that it asks for, and its steps. */
    PartialMean take(RoundInput round, Shard shard, Head head) {
        Score heldOut = Score.NONE;
        if (round.judge()) {
            network.parameters(round.parameters());
            heldOut = judge(shard.test(), head);
        }
        return steps(round, shard.index(), new BlockExamples(shard.train(), head), heldOut);
    }

    /** The steps of a round on a shard's examples. */
    PartialMean steps(RoundInput round, int shard, Examples examples, Score heldOut) {
        network.parameters(round.parameters());
        network.updaterState(round.updaterState());
        TrainOptions options = round.options();
        boolean averagesUpdater = options.average() == TrainOptions.Averaged.PARAMETERS_AND_UPDATER;
        Schedule penalty = Schedule.of("penalty_schedule", options.penaltySchedule());
        Schedule temperature = Schedule.of("temperature_schedule", options.temperatureSchedule());
        Noise noise = Noise.of(options.seed()).child(round.epochsBefore());
        Batches batches = new Batches(examples.rows(), options.batchSize(), noise.child(Stream.ORDER, shard));
        int last = examples.rows() == 0 ? 0 : round.firstStep() + round.steps();
        long samples = 0;
        double loss = 0;
        for (int step = round.firstStep(); step < last; step++) {
            double epoch = round.epochsBefore() + (double) step / batches.perEpoch();
            prepare(noise.child(Stream.LAYER, shard, step), penalty.at(epoch), temperature.at(epoch));
            // DL4J's own dropout and noise draw from ND4J's generator of this thread.
            Nd4j.getRandom().setSeed(noise.child(Stream.STOCK, shard, step).key());
            int[] chosen = batches.rowsOf(step);
            // Adam's correction of its bias counts the steps since its state was zero.
            int iteration = averagesUpdater ? round.stepsBefore() + step : step - round.firstStep();
            Examples seen = NoisyExamples.of(examples, options.inputNoise(), noise.child(Stream.INPUTS, shard, step));
            loss += network.step(seen, chosen, iteration, (int) epoch) * chosen.length;
            samples += chosen.length;
        }
        return new PartialMean(
                shard,
                shard + 1,
                samples,
                loss,
                network.parameters(),
                averagesUpdater ? network.updaterState() : Packed.NONE,
                GateStatistics.of(network.rawGateValues()),
                heldOut);
    }

    /** Judges parameters on rows, in pieces that keep memory bounded. */
    Score judge(float[] parameters, Block rows, Head head) {
        network.parameters(Packed.of(parameters));
        return judge(rows, head);
    }

    /** What the network answers for each of some rows, row after row, in pieces that keep memory bounded. */
    float[] answers(float[] parameters, Block rows) {
        network.parameters(Packed.of(parameters));
        float[] all = new float[0];
        for (int from = 0; from < rows.rows(); from += JUDGED_AT_ONCE) {
            int[] chosen = IntStream.range(from, Math.min(rows.rows(), from + JUDGED_AT_ONCE))
                    .toArray();
            float[] answers = network.answers(BlockExamples.inputs(rows, chosen));
            int width = answers.length / chosen.length;
            all = from == 0 ? new float[rows.rows() * width] : all;
            System.arraycopy(answers, 0, all, from * width, answers.length);
        }
        return all;
    }

    /** What the network answers for a batch of rows. */
    List<Prediction> answer(float[] parameters, List<EncodedRow> rows) {
        network.parameters(Packed.of(parameters));
        float[] answers = network.answers(
                Nd4j.create(rows.stream().map(EncodedRow::inputs).toArray(float[][]::new)));
        int width = answers.length / rows.size();
        return IntStream.range(0, rows.size())
                .mapToObj(
                        i -> new Prediction(rows.get(i).row(), Arrays.copyOfRange(answers, i * width, (i + 1) * width)))
                .toList();
    }

    /** Gives the layers what depends on shard and step. */
    private void prepare(Noise noise, double penalty, double temperature) {
        for (Layer layer : network.layers()) {
            if (layer instanceof Noisy noisy) {
                noisy.noise(noise.child(layer.getIndex()));
            }
            if (layer instanceof Scheduled scheduled) {
                scheduled.factors(penalty, temperature);
            }
        }
    }

    private Score judge(Block rows, Head head) {
        Score score = Score.NONE;
        for (int from = 0; from < rows.rows(); from += JUDGED_AT_ONCE) {
            int[] chosen = IntStream.range(from, Math.min(rows.rows(), from + JUDGED_AT_ONCE))
                    .toArray();
            float[] answers = network.answers(BlockExamples.inputs(rows, chosen));
            score = score.merge(head.judge(answers, rows.targets(), from, chosen.length));
        }
        return score;
    }
}
