package org.winnow.prune;

import org.winnow.model.NetworkState;
import org.winnow.model.Score;
import org.winnow.prune.PruneListener.Phase;
import org.winnow.surgery.Pruning;
import org.winnow.surgery.State;
import org.winnow.train.AveragingTrainer;
import org.winnow.train.AveragingTrainer.Trained;
import org.winnow.train.Head;
import org.winnow.train.Leg;
import org.winnow.train.Networks;
import org.winnow.train.Run;
import org.winnow.train.TrainOptions;
import org.winnow.train.TrainingData;

/**
 * The stages of training; every network that is trained has a name of its own, so that checkpoints know them apart.
 *
 * @param name that all of them begin with
 */
record Stages(
        TrainingData data, NetworkPruning.Options options, Head head, Plan plan, String name, PruneListener listener) {
    /** Trains densely; where there is an early state to go back to, in two parts, each with its own schedule. */
    DenseNetwork dense(NetworkState start) {
        StageOptions stage = options.dense();
        int before = Math.max(0, Math.min(options.prune().rewindEpoch(), stage.epochs()));
        NetworkState early = dense(start, before, "early");
        NetworkState network = dense(early, stage.epochs() - before, "dense");
        boolean hasLearned = options.given() != null || stage.epochs() > 0;
        return new DenseNetwork(network, hasLearned ? data.shards().judge(network, head) : Score.NONE, early);
    }

    private NetworkState dense(NetworkState from, int epochs, String part) {
        StageOptions stage = options.dense();
        return epochs == 0
                ? from
                : fit(
                                from,
                                Phase.DENSE,
                                options.train().forStage(epochs, stage.learningRate(), stage.learningRateSchedule()),
                                part,
                                Leg.WHOLE)
                        .network();
    }

    /**
     * A dense network whose layers can learn to be sparse.
     *
     * @param price of a weight in the loss of all training rows
     */
    NetworkState sparse(DenseNetwork dense, double price) {
        TrainOptions train = options.train();
        return Networks.withAdam(
                Pruning.convert(dense.network(), plan.treatments(price / data.trainRows(), train.epochs())), train);
    }

    /** Makes a network sparse by training, or does a part of that. */
    Trained sparsify(NetworkState sparse, String number, Leg leg) {
        return fit(sparse, Phase.SPARSIFYING, options.train(), "sparsifying" + number, leg);
    }

    /** Drops the smallest weights in all steps but the last, whose masks and fine-tuning are those of the result. */
    Source stepped(DenseNetwork dense, double threshold, String number) {
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
    Trained finetune(NetworkState masked, String part) {
        StageOptions stage = options.finetune();
        return stage.epochs() == 0
                ? untrained(masked)
                : fit(
                        masked,
                        Phase.FINE_TUNING,
                        options.train().forStage(stage.epochs(), stage.learningRate(), stage.learningRateSchedule()),
                        part,
                        Leg.WHOLE);
    }

    /** A network as it is, judged. */
    Trained untrained(NetworkState network) {
        return AveragingTrainer.untrained(data.shards(), network, head);
    }

    private Trained fit(NetworkState from, Phase phase, TrainOptions train, String part, Leg leg) {
        Run run = new Run(name + "-" + part, data.shards().hadoop(), round -> listener.after(phase, round));
        return AveragingTrainer.fit(data.shards(), Networks.withAdam(from, train), head, train, run, leg);
    }

    /** Epochs that lead to a result. */
    int epochs() {
        return options.dense().epochs()
                + (plan.learns() ? options.train().epochs() : 0)
                + options.prune().steps() * options.finetune().epochs();
    }
}
