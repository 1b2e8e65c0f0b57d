package org.winnow.evidence;

import org.apache.commons.math3.special.Beta;

/** Student's t distribution. */
final class Student {
    private Student() {}

    /** The probability that {@code |T|} is at least {@code |t|}: {@code I_(d / (d + t^2))(d / 2, 1 / 2)}. */
    static double twoSided(double t, double degrees) {
        if (!(degrees > 0) || Double.isNaN(t)) {
            return 1;
        }
        return Beta.regularizedBeta(degrees / (degrees + t * t), degrees / 2, 0.5);
    }

    /** The same of a correlation r as that of independent normal numbers, one degree of which is spent on r itself. */
    static double ofCorrelation(double squared, double degrees) {
        return squared >= 1 ? 0 : twoSided(Math.sqrt(squared * (degrees - 1) / (1 - squared)), degrees - 1);
    }
}
