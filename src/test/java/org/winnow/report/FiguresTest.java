package org.winnow.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class FiguresTest {
    @Test
    void errorsHaveDigitsThatSaySomething() {
        assertEquals("0.9833", Figures.of("accuracy", 0.98333));
        assertEquals("7.208e-63", Figures.of("mse", 7.2081e-63));
        assertEquals("7.208e+21", Figures.of("mse", 7.2081e21));
        assertEquals("0.1235", Figures.of("mse", 0.123456));
    }

    @Test
    void whatToCompareWithStandsBeside() {
        assertEquals("0.2000 (R2 0.9500)", Figures.of("mse", 0.2, 4));
        assertEquals("0.2000", Figures.of("mse", 0.2, Double.NaN));
        assertEquals("0.9800", Figures.of("accuracy", 0.98, 0.98));
        assertEquals(", 0.9800 for the most frequent class alone", Figures.alone("accuracy", 0.98));
        assertEquals("", Figures.alone("mse", 4));
        assertEquals("", Figures.alone("accuracy", Double.NaN));
        assertEquals("R2 0.9500, ", Figures.besideBaseline("mse", 0.2, 4.0));
        assertEquals("most frequent class alone 0.9800, ", Figures.besideBaseline("accuracy", 0.9, 0.98));
        assertEquals("", Figures.besideBaseline("mse", 0.2, null));
    }
}
