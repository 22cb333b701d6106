package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTransformTest {
    private static final PreprocessConfig CLIP = PreprocessConfig.clip();

    @ParameterizedTest
    @CsvSource({"1,1", "1,2", "2,1", "1,5000", "5000,1", "3,1000000", "64,65", "31,17", "640,480"})
    void makesASquareOfAnySize(int width, int height) {
        RgbImage picture = new RgbImage(width, height, new byte[3 * width * height]);
        RgbImage square = new EvaluationTransform(32, CLIP).resizeAndCrop(picture);
        assertEquals(32, square.width());
        assertEquals(32, square.height());
    }

    /** Five columns over: torchvision rounds 2.5 to the even 2, three over: 1.5 to 2, one over: 0.5 to 0. */
    @ParameterizedTest
    @CsvSource({"15,2", "13,2", "11,0", "12,1", "14,2"})
    void roundsHalfAMarginToTheEvenColumn(int width, int firstColumn) {
        byte[] rgb = new byte[3 * width * 10];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % width);
        }
        RgbImage square = new EvaluationTransform(10, CLIP).resizeAndCrop(new RgbImage(width, 10, rgb));
        assertEquals(firstColumn, square.rgb()[0]);
        assertEquals(firstColumn + 9, square.rgb()[27]);
    }

    @Test
    void returnsASquareOfTheRightSizeUntouched() {
        RgbImage picture = PillowResizerTest.noise(16, 16, new SplittableRandom(1));
        assertSame(picture, new EvaluationTransform(16, CLIP).resizeAndCrop(picture));
    }

    @Test
    void writesNormalisedPlanesAndIgnoresChance() {
        RgbImage picture = PillowResizerTest.noise(23, 19, new SplittableRandom(2));
        EvaluationTransform transform = new EvaluationTransform(8, CLIP);
        float[] expected = new float[3 * 64];
        CLIP.normalization().apply(transform.resizeAndCrop(picture), expected, 0);
        SplittableRandom random = new SplittableRandom(5);
        float[] actual = new float[3 * 64 + 4];
        transform.apply(picture, random, actual, 4);
        assertArrayEquals(expected, Arrays.copyOfRange(actual, 4, actual.length));
        assertEquals(new SplittableRandom(5).nextLong(), random.nextLong());
    }

    @Test
    void refusesATargetWithoutRoomAndASizeOfNothing() {
        RgbImage picture = new RgbImage(1, 1, new byte[3]);
        EvaluationTransform transform = new EvaluationTransform(4, CLIP);
        SplittableRandom random = new SplittableRandom(1);
        IllegalArgumentException shortArray =
                assertThrows(IllegalArgumentException.class, () -> transform.apply(picture, random, new float[50], 3));
        assertTrue(shortArray.getMessage().contains("at offset 3 does not fit into an array of 50"));
        assertThrows(IllegalArgumentException.class, () -> transform.apply(picture, random, new float[50], -1));
        assertThrows(IllegalArgumentException.class, () -> new EvaluationTransform(0, CLIP));
    }

    @Test
    void describesItselfForProvenance() {
        String description = new EvaluationTransform(224, CLIP).describe();
        assertTrue(
                description.contains("224")
                        && description.contains(CLIP.normalization().toString()),
                description);
    }
}
