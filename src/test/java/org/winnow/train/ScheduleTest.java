package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.learning.config.Adam;

class ScheduleTest {
    @Test
    void goesInStraightLinesBetweenPointsAndIsConstantOutside() {
        Schedule warmUp = Schedule.of("penalty_schedule", List.of("5:0", "20:1"));
        assertEquals(0, warmUp.at(0));
        assertEquals(0, warmUp.at(5));
        assertEquals(1 / 15.0, warmUp.at(6), 1e-12);
        assertEquals(0.5, warmUp.at(12.5), 1e-12);
        assertEquals(1, warmUp.at(20));
        assertEquals(1, warmUp.at(199));
        assertEquals(1, Schedule.of("penalty_schedule", List.of()).at(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "a:1", "5:1:2", "5:-1", "-1:1"})
    void refusesWhatIsNoPoint(String point) {
        assertThrows(IllegalArgumentException.class, () -> Schedule.of("penalty_schedule", List.of(point)));
    }

    @Test
    void refusesEpochsThatDoNotRise() {
        IllegalArgumentException error = assertThrows(
                IllegalArgumentException.class, () -> Schedule.of("penalty_schedule", List.of("5:0", "5:1")));
        assertEquals(
                "penalty_schedule must be rising epochs, factors of at least 0, got [5:0, 5:1]", error.getMessage());
    }

    @Test
    void asALearningRateItSurvivesJson() {
        Schedule decay = Schedule.of("learning_rate_schedule", List.of("100:1", "200:0"));
        MultiLayerConfiguration configuration = new NeuralNetConfiguration.Builder()
                .updater(new Adam(ScheduledRate.of(0.1, decay)))
                .list()
                .layer(new OutputLayer.Builder().nIn(2).nOut(2).build())
                .build();
        MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(configuration.toJson());
        Adam adam = (Adam) ((OutputLayer) read.getConf(0).getLayer()).getIUpdater();
        assertEquals(0.05, adam.getLearningRate(0, 150), 1e-12);
    }
}
