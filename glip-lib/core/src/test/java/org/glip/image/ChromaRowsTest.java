package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Without regard to which libjpeg this JDK has; that the result is PIL's shows in {@code jpeg-440.jpg}. */
class ChromaRowsTest {
    @Test
    void mixesThreePartsOfTheNearRowWithOneOfTheNext() {
        byte[] samples = column(0, 0, 100, 100, 200, 200);
        ChromaRows.interpolate(samples, 1, 6);
        assertArrayEquals(column(0, 25, 75, 125, 175, 200), samples);
    }

    @Test
    void copesWithAnOddRowAtTheEnd() {
        byte[] samples = column(40, 40, 80);
        ChromaRows.interpolate(samples, 1, 3);
        assertArrayEquals(column(40, 50, 70), samples);
    }

    @Test
    void leavesRowsAloneThatAreNoCopies() {
        byte[] samples = PillowResizerTest.noise(5, 8, new SplittableRandom(1)).rgb();
        byte[] before = samples.clone();
        ChromaRows.interpolate(samples, 5, 8);
        assertArrayEquals(before, samples);
    }

    /** A picture one pixel wide: luma counts up and must stay, both chroma samples are given. */
    private static byte[] column(int... chroma) {
        byte[] samples = new byte[3 * chroma.length];
        for (int y = 0; y < chroma.length; y++) {
            samples[3 * y] = (byte) y;
            samples[3 * y + 1] = (byte) chroma[y];
            samples[3 * y + 2] = (byte) chroma[y];
        }
        return samples;
    }
}
