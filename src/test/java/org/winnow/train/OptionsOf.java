package org.winnow.train;

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

    private static TrainOptions with(TrainOptions base, int shards, double weightDecay, double inputNoise) {
        return new TrainOptions(
                base.master(),
                base.epochs(),
                base.batchSize(),
                base.learningRate(),
                base.learningRateSchedule(),
                weightDecay,
                inputNoise,
                base.penaltySchedule(),
                base.temperatureSchedule(),
                shards,
                base.averagingFrequency(),
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
