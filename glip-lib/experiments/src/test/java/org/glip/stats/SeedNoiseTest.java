package org.glip.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The noise of seeds pooled over settings, and the binomial interval of a share. */
class SeedNoiseTest {
    @Test
    void poolsTheDeviationsByTheirDegreesOfFreedom() {
        // Squared deviations from the means: 0.5 with one degree of freedom, and 2 with two.
        SeedNoise noise = SeedNoise.pooled(List.of(SeedSpread.of(1, 2), SeedSpread.of(4, 5, 6), SeedSpread.of(9)));
        assertEquals(Math.sqrt(2.5 / 3), noise.standardDeviation(), 1e-12);
        assertEquals(3, noise.degreesOfFreedom());
    }

    /** Student's t for 97.5 % is 3.182446 with 3 degrees of freedom (any printed table). */
    @Test
    void marginIsStudentsTTimesTheErrorOfTheDifference() {
        SeedNoise noise = new SeedNoise(0.01, 3);
        assertEquals(3.182446 * 0.01 * Math.sqrt(1.0 / 2 + 1.0 / 3), noise.margin(2, 3, 0.95), 1e-8);
        assertTrue(noise.margin(1, 1, 0.99) > noise.margin(1, 1, 0.95));
    }

    @Test
    void singleRunsSayNothingAboutSeeds() {
        var error = assertThrows(
                IllegalArgumentException.class, () -> SeedNoise.pooled(List.of(SeedSpread.of(1), SeedSpread.of(2))));
        assertTrue(error.getMessage().contains("at least two runs"), error.getMessage());
    }

    /** Wilson's interval by his own formula. */
    @Test
    void intervalOfAShareIsWilsons() {
        double z = 1.959963984540054;
        int n = 1521;
        double share = 40.0 / n;
        double middle = (share + z * z / (2 * n)) / (1 + z * z / n);
        double half = z / (1 + z * z / n) * Math.sqrt(share * (1 - share) / n + z * z / (4.0 * n * n));
        ConfidenceInterval interval = ConfidenceInterval.ofShare(40, n, 0.95);
        assertEquals(share, interval.estimate(), 1e-15);
        assertEquals(middle - half, interval.low(), 1e-9);
        assertEquals(middle + half, interval.high(), 1e-9);
    }

    @Test
    void intervalOfNoHitIsAboveZeroOnOneSideOnly() {
        ConfidenceInterval none = ConfidenceInterval.ofShare(0, 100, 0.95);
        assertEquals(0, none.low(), 1e-12);
        assertTrue(none.high() > 0.02 && none.high() < 0.05, none.toString());
    }

    @Test
    void rejectsSharesThatAreNone() {
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofShare(0, 0, 0.95));
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofShare(-1, 10, 0.95));
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofShare(11, 10, 0.95));
        assertThrows(IllegalArgumentException.class, () -> ConfidenceInterval.ofShare(1, 10, 95));
    }
}
