package org.glip.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class MeanIntervalTest {
    /** Quantiles of Student's t for 2 and 1 degrees of freedom, as tables have them. */
    @Test
    void hasTheWidthOfStudentsLaw() {
        MeanInterval three = MeanInterval.of(0.95, 1, 2, 3);
        assertEquals(3, three.seeds());
        assertEquals(2, three.mean());
        assertEquals(4.302653 / Math.sqrt(3), three.halfWidth(), 1e-6);
        assertEquals(2 - three.halfWidth(), three.low());
        assertEquals(2 + three.halfWidth(), three.high());
        assertEquals(
                12.706205 * Math.sqrt(0.5) / Math.sqrt(2),
                MeanInterval.of(0.95, 1, 2).halfWidth(),
                1e-6);
        assertEquals(2.919986 / Math.sqrt(3), MeanInterval.of(0.9, 1, 2, 3).halfWidth(), 1e-6);
    }

    @Test
    void oneSeedSaysNothingAboutNoise() {
        assertEquals(Double.NEGATIVE_INFINITY, MeanInterval.of(0.95, 1).low());
    }

    @Test
    void refusesWhatIsNoLevelAndNoValue() {
        assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(95, 1, 2));
        assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(0.95));
        assertThrows(IllegalArgumentException.class, () -> MeanInterval.of(0.95, 1, Double.NaN));
    }
}
