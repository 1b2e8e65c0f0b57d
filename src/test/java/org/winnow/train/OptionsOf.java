package org.winnow.train;

import java.util.List;

/** Options of a training that differ from others in a few. */
final class OptionsOf {
    private OptionsOf() {}

    static TrainOptions shards(TrainOptions base, int shards) {
        return with(base, shards, base.weightDecay(), base.inputNoise());
    }

    static TrainOptions decay(TrainOptions base, double weightDecay) {
        return with(base, base.shards(), weightDecay, base.inputNoise());
    }

    static TrainOptions inputNoise(TrainOptions base, double inputNoise) {
        return with(base, base.shards(), base.weightDecay(), inputNoise);
    }

    static TrainOptions schedules(TrainOptions base, List<String> penalty, List<String> temperature) {
        return with(base, base.shards(), base.weightDecay(), base.inputNoise(), penalty, temperature);
    }

    private static TrainOptions with(TrainOptions base, int shards, double weightDecay, double inputNoise) {
        return with(base, shards, weightDecay, inputNoise, base.penaltySchedule(), base.temperatureSchedule());
    }

    private static TrainOptions with(
            TrainOptions base,
            int shards,
            double weightDecay,
            double inputNoise,
            List<String> penaltySchedule,
            List<String> temperatureSchedule) {
        return new TrainOptions(
                base.master(),
                base.epochs(),
                base.batchSize(),
                base.learningRate(),
                base.learningRateSchedule(),
                weightDecay,
                inputNoise,
                penaltySchedule,
                temperatureSchedule,
                shards,
                base.averagingFrequency(),
                base.rounds(),
                base.average(),
                base.outer(),
                base.outerLearningRate(),
                base.outerMomentum(),
                base.evaluateEvery(),
                base.patience(),
                base.resume(),
                base.checkpoint(),
                base.seed());
    }
}
