package org.winnow.train;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DriverRoundsTest {
    private static final TrainOptions OPTIONS = TrainOptions.of(200, 32, 0.003, 10, 1);
    private static final OptionalLong FEW = OptionalLong.of(1 << 20);

    @Test
    void roundsAreShortWhereRowsShardsAndNetworkAreSmall() {
        assertTrue(DriverRounds.areShort(FEW, 2, 4_000, OPTIONS));
        assertFalse(DriverRounds.areShort(OptionalLong.of(5 << 20), 2, 4_000, OPTIONS));
        assertFalse(DriverRounds.areShort(FEW, 2, 400_000, OPTIONS));
        assertFalse(DriverRounds.areShort(FEW, 64, 4_000, OPTIONS));
        assertFalse(DriverRounds.areShort(FEW, 2, 4_000, TrainOptions.of(200, 32, 0.003, 1000, 1)));
    }

    @Test
    void rowsThatTheDriverMayNotFetchStayWhereTheyAre() {
        assertFalse(DriverRounds.areShort(OptionalLong.empty(), 2, 4_000, OPTIONS));
    }
}
