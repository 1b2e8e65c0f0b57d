package org.winnow.prune;

import org.winnow.data.LoadedData;
import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.prune.PruneListener.Phase;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.State;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Networks;
import org.winnow.train.Run;
import org.winnow.train.Shards;
import org.winnow.train.TrainOptions;

/** The stages of training; every network that is trained has a name of its own, so that checkpoints know them apart. */
record Stages(
        LoadedData data, NetworkPruning.Options options, Head head, Plan plan, String trialId, PruneListener listener) {
    /**
     * The dense network.
     *
     * @param score on held-out rows
     * @param early what rewinding goes back to
     */
    record Dense(NetworkState network, Score score, NetworkState early) {}

    /** Trains densely; where there is an early state to go back to, in two parts, each with its own schedule. */
    Dense dense(NetworkState start) {
        StageOptions stage = options.dense();
        int before = Math.max(0, Math.min(options.prune().rewindEpoch(), stage.epochs()));
        NetworkState early = dense(start, before, "early");
        NetworkState network = dense(early, stage.epochs() - before, "dense");
        return new Dense(network, Shards.onSpark(data.shards()).judge(network, head), early);
    }

    private NetworkState dense(NetworkState from, int epochs, String name) {
        StageOptions stage = options.dense();
        return epochs == 0
                ? from
                : fit(
                                from,
                                Phase.DENSE,
                                options.train().forStage(epochs, stage.learningRate(), stage.learningRateSchedule()),
                                name)
                        .network();
    }

    /**
     * Makes a dense network sparse by training.
     *
     * @param price of a weight in the loss of all training rows
     */
    Source learned(Dense dense, double price, String number) {
        TrainOptions train = options.train();
        NetworkState sparse =
                Pruning.convert(dense.network(), plan.treatments(price / data.trainRows(), train.epochs()));
        Trained trained = fit(sparse, Phase.SPARSIFYING, train, "sparsifying" + number);
        return new Source(trained.network(), trained.network(), trained.loss());
    }

    /** Drops the smallest weights in all steps but the last, whose masks and fine-tuning are those of the result. */
    Source stepped(Dense dense, double threshold, String number) {
        boolean rewinds = options.prune().rewindEpoch() >= 0;
        NetworkState early = unmasked(dense.early());
        NetworkState network = unmasked(dense.network());
        double loss = Double.NaN;
        for (int step = 1; step < options.prune().steps(); step++) {
            State masks = Pruning.masks(network, plan.decisions(threshold, step));
            Trained tuned = finetune(Pruning.deploy(rewinds ? early : network, masks), "step" + number + "." + step);
            network = tuned.network();
            loss = tuned.loss();
        }
        return new Source(network, rewinds ? early : network, loss);
    }

    private NetworkState unmasked(NetworkState dense) {
        return Pruning.convert(dense, plan.treatments(0, 1));
    }

    /** Trains a masked network on. */
    Trained finetune(NetworkState masked, String name) {
        StageOptions stage = options.finetune();
        return stage.epochs() == 0
                ? AveragingTrainer.untrained(Shards.onSpark(data.shards()), masked, head)
                : fit(
                        masked,
                        Phase.FINE_TUNING,
                        options.train().forStage(stage.epochs(), stage.learningRate(), stage.learningRateSchedule()),
                        name);
    }

    private Trained fit(NetworkState from, Phase phase, TrainOptions train, String name) {
        Run run = new Run(
                trialId + "-" + name,
                data.shards().context().hadoopConfiguration(),
                round -> listener.after(phase, round));
        return AveragingTrainer.fit(data.shards(), Networks.withAdam(from, train), head, train, run);
    }

    /** Epochs that lead to a result. */
    int epochs() {
        return options.dense().epochs()
                + (plan.learns() ? options.train().epochs() : 0)
                + options.prune().steps() * options.finetune().epochs();
    }
}
