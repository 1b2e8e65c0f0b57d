package org.winnow.evidence;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StudentTest {
    @Test
    void probabilitiesAreThoseOfSciPyFarOutToo() {
        // 2 * scipy.stats.t.sf(t, degrees)
        assertEquals(1, Student.twoSided(0, 5) / 1.0, 1e-9);
        assertEquals(1, Student.twoSided(1.3, 3.7) / 0.2686667241726275, 1e-9);
        assertEquals(1, Student.twoSided(-2.5, 20) / 0.02123354543913238, 1e-9);
        assertEquals(1, Student.twoSided(6, 998.5) / 2.7567197875003004e-09, 1e-9);
        assertEquals(1, Student.twoSided(40, 100) / 2.462107602140071e-63, 1e-9);
        assertEquals(1, Student.twoSided(3, 1000000.0) / 0.0026998625414218, 1e-9);
    }

    @Test
    void aCorrelationIsJudgedAsPearsons() {
        // scipy.stats.pearsonr of 12 rows with r = 0.6: 10 degrees of freedom and one for r.
        assertEquals(0.03916287999999997, Student.ofCorrelation(0.36, 11), 1e-12);
        assertEquals(0, Student.ofCorrelation(1, 11));
    }

    @Test
    void withoutDegreesOfFreedomNothingIsSaid() {
        assertEquals(1, Student.twoSided(5, 0));
        assertEquals(1, Student.twoSided(Double.NaN, 5));
    }
}
