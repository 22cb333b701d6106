package org.glip.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PictureNoiseTest {
    @Test
    void isTheNormalQuantileOfTheDifferenceOfTwoShares() {
        assertEquals(1.959964 * Math.sqrt(2 * 0.25 / 100), new PictureNoise(100).margin(0.5, 0.95), 1e-6);
        assertEquals(0, new PictureNoise(100).margin(0, 0.95));
    }

    @Test
    void holdsAsManyDifferencesAsItSays() {
        SplittableRandom random = new SplittableRandom(3);
        double margin = new PictureNoise(400).margin(0.2, 0.9);
        int within = 0;
        for (int i = 0; i < 4000; i++) {
            within += Math.abs(share(random) - share(random)) <= margin ? 1 : 0;
        }
        assertEquals(0.9, within / 4000.0, 0.02);
    }

    private static double share(SplittableRandom random) {
        int right = 0;
        for (int i = 0; i < 400; i++) {
            right += random.nextDouble() < 0.2 ? 1 : 0;
        }
        return right / 400.0;
    }

    @Test
    void refusesAShareOfNoQuestion() {
        assertThrows(IllegalArgumentException.class, () -> new PictureNoise(0));
    }
}
