package org.winnow.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.DoubleUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

/** What the reference vectors do not show: extremes, inverses, and slopes everywhere. */
class SpecialFunctionsTest {
    @Property
    void slopesAreThoseOfTheValues(@ForAll @DoubleRange(min = -30, max = 30) @Scale(9) double x) {
        assertSlope(Logistic::softplus, Logistic::sigmoid, x);
        assertSlope(Logistic::sigmoid, Logistic::sigmoidSlope, x);
        assertSlope(Normal::erf, Normal::erfSlope, x);
        assertSlope(Normal::cdf, Normal::density, x);
        if (Math.abs(x) > 0.01) {
            assertSlope(ExponentialIntegral::ei, ExponentialIntegral::slope, x);
        }
    }

    @Property
    void erfAgreesWithCommonsMath(@ForAll @DoubleRange(min = -7, max = 7) @Scale(9) double x) {
        assertEquals(Erf.erf(x), Normal.erf(x), 1e-14);
        assertEquals(Erf.erfc(x), Normal.erfc(x), 1e-11 * Erf.erfc(x));
    }

    @Property
    void quantileInvertsCdf(@ForAll @DoubleRange(min = -37, max = 6) @Scale(9) double x) {
        assertEquals(x, Normal.quantile(Normal.cdf(x)), 1e-7 * (1 + Math.abs(x)));
    }

    @Property
    void cdfInvertsQuantile(@ForAll @DoubleRange(min = 1e-9, max = 1 - 1e-9) @Scale(9) double p) {
        assertEquals(p, Normal.cdf(Normal.quantile(p)), 1e-14);
    }

    @Property
    void logitInvertsSigmoid(@ForAll @DoubleRange(min = -700, max = 15) @Scale(9) double v) {
        assertEquals(v, Logistic.logit(Logistic.sigmoid(v)), 1e-9 * (1 + Math.abs(v)));
    }

    /** Around the zero of Ei, Ei(x) - Ei(x') is the integral of e^t/t, here by the slope at the middle. */
    @Test
    void eiKeepsItsDigitsNextToItsZero() {
        double root = 0.3725074107813666;
        double tail = 1.3140183414386028e-17;
        assertEquals(-tail * ExponentialIntegral.slope(root), ExponentialIntegral.ei(root), 1e-28);
        for (double step = 1e-15; step < 1e-6; step *= 7) {
            double x = root + step;
            double distance = x - root - tail;
            double want = distance * ExponentialIntegral.slope(root + distance / 2);
            assertEquals(want, ExponentialIntegral.ei(x), 1e-12 * want);
        }
    }

    @Test
    void expansionsOfEiMeet() {
        for (double seam : new double[] {-2, 0.3725074107813666 - 0.2, 0.3725074107813666 + 0.2, 40}) {
            double below = ExponentialIntegral.ei(seam - 1e-9);
            double above = ExponentialIntegral.ei(seam + 1e-9);
            double want = 2e-9 * ExponentialIntegral.slope(seam);
            assertEquals(want, above - below, 1e-13 * Math.abs(above) + 1e-6 * Math.abs(want));
        }
    }

    @Test
    void extremesAreFiniteOrTheirLimits() {
        assertEquals(-0.0, ExponentialIntegral.ei(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NEGATIVE_INFINITY, ExponentialIntegral.ei(0));
        assertEquals(Double.POSITIVE_INFINITY, ExponentialIntegral.ei(Double.POSITIVE_INFINITY));
        assertTrue(Double.isFinite(ExponentialIntegral.ei(715)));
        assertTrue(Double.isNaN(ExponentialIntegral.ei(Double.NaN)));
        assertEquals(1e308, Logistic.softplus(1e308));
        assertEquals(0, Logistic.softplus(-1e308));
        assertEquals(1, Logistic.sigmoid(Double.POSITIVE_INFINITY));
        assertEquals(0, Logistic.sigmoid(Double.NEGATIVE_INFINITY));
        assertEquals(0, Logistic.sigmoidSlope(Double.NEGATIVE_INFINITY));
        assertEquals(Double.NEGATIVE_INFINITY, Logistic.logit(0));
        assertEquals(Double.POSITIVE_INFINITY, Logistic.logit(1));
        assertEquals(1, Normal.erf(Double.POSITIVE_INFINITY));
        assertEquals(2, Normal.erfc(Double.NEGATIVE_INFINITY));
        assertEquals(0, Normal.erfc(Double.POSITIVE_INFINITY));
        assertTrue(Double.isNaN(Normal.erf(Double.NaN)));
    }

    private static void assertSlope(DoubleUnaryOperator value, DoubleUnaryOperator slope, double x) {
        double step = 1e-5 * Math.max(1e-2, Math.min(1, Math.abs(x)));
        double numeric = (value.applyAsDouble(x + step) - value.applyAsDouble(x - step)) / (2 * step);
        double analytic = slope.applyAsDouble(x);
        double roundOff = 1e-15 * Math.abs(value.applyAsDouble(x)) / step;
        assertEquals(numeric, analytic, 1e-8 * (1 + Math.abs(analytic)) + 10 * roundOff, "at " + x);
    }
}
