package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariationTest {
    private static final int SIDE = 96;
    private static final int GREEN = 0xFF309040;

    @Test
    void theSameRandomNumbersVaryAlikeAndOthersOtherwise() {
        int[] once = Variation.of(bar(GREEN), new SplittableRandom(1)).argb();
        assertArrayEquals(
                once, Variation.of(bar(GREEN), new SplittableRandom(1)).argb());
        assertFalse(Arrays.equals(
                once, Variation.of(bar(GREEN), new SplittableRandom(2)).argb()));
    }

    @Test
    void theShapeKeepsMostOfItsSizeAndPlace() {
        long before = opaque(bar(GREEN));
        for (int seed = 0; seed < 100; seed++) {
            ArgbImage varied = Variation.of(bar(GREEN), new SplittableRandom(seed));
            double share = (double) opaque(varied) / before;
            assertTrue(share > 0.5 && share < 1.05, "seed " + seed + ": " + share);
            assertEquals(0xFF, varied.argb()[SIDE / 2 * SIDE + SIDE / 2] >>> 24, "the centre stays");
        }
    }

    @Test
    void coloursChangeALittleAndGreyOnlyInBrightness() {
        double[] hues = IntStream.range(0, 200)
                .mapToDouble(seed -> hue(centre(Variation.of(bar(GREEN), new SplittableRandom(seed)))))
                .toArray();
        double mean = Arrays.stream(hues).average().orElseThrow();
        assertEquals(hue(GREEN), mean, 0.02);
        assertTrue(
                Arrays.stream(hues).filter(hue -> Math.abs(hue - mean) < 0.15).count() > 190);
        for (int seed = 0; seed < 20; seed++) {
            int grey = centre(Variation.of(bar(0xFF808080), new SplittableRandom(seed)));
            assertEquals(grey >> 16 & 255, grey & 255, 2);
            assertEquals(grey >> 8 & 255, grey & 255, 2);
        }
    }

    /** An upright bar in the middle. */
    private static ArgbImage bar(int argb) {
        int[] pixels = new int[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            int x = i % SIDE;
            int y = i / SIDE;
            pixels[i] = x > 30 && x < 66 && y > 10 && y < 86 ? argb : 0;
        }
        return new ArgbImage(SIDE, SIDE, pixels);
    }

    private static int centre(ArgbImage image) {
        return image.argb()[SIDE / 2 * SIDE + SIDE / 2];
    }

    private static long opaque(ArgbImage image) {
        return Arrays.stream(image.argb()).filter(argb -> argb >>> 24 > 127).count();
    }

    private static float hue(int rgb) {
        return Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null)[0];
    }
}
