package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Properties; that the pixels are PIL's is {@link PixelParityTest}'s business. */
class PillowResizerTest {
    @RepeatedTest(20)
    void leavesAPictureOfItsOwnSizeAlone(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        RgbImage picture = noise(1 + random.nextInt(60), 1 + random.nextInt(60), random);
        assertArrayEquals(
                picture.rgb(),
                PillowResizer.resize(picture, picture.width(), picture.height()).rgb());
    }

    @RepeatedTest(20)
    void keepsASingleColour(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        byte[] rgb = new byte[3 * (1 + random.nextInt(90)) * 17];
        Arrays.fill(rgb, (byte) random.nextInt(256));
        RgbImage result = PillowResizer.resize(
                new RgbImage(rgb.length / 51, 17, rgb), 1 + random.nextInt(90), 1 + random.nextInt(90));
        for (byte value : result.rgb()) {
            assertEquals(rgb[0], value);
        }
    }

    @RepeatedTest(20)
    void resizesABoxAsIfItHadBeenCutOutFirst(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        RgbImage picture = noise(20 + random.nextInt(60), 20 + random.nextInt(60), random);
        Box box = boxIn(picture.width(), picture.height(), random);
        int width = 1 + random.nextInt(50);
        int height = 1 + random.nextInt(50);
        RgbImage expected = PillowResizer.resize(cutOut(picture, box), width, height);
        assertArrayEquals(
                expected.rgb(),
                PillowResizer.resize(picture, box, width, height).rgb());
    }

    @RepeatedTest(20)
    void computesAWindowAsItIsInTheWholeResult(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        RgbImage picture = noise(1 + random.nextInt(60), 1 + random.nextInt(60), random);
        int width = 1 + random.nextInt(80);
        int height = 1 + random.nextInt(80);
        Box window = boxIn(width, height, random);
        RgbImage expected = cutOut(PillowResizer.resize(picture, width, height), window);
        Box everything = Box.whole(picture.width(), picture.height());
        assertArrayEquals(
                expected.rgb(),
                PillowResizer.resize(picture, everything, width, height, window).rgb());
    }

    @Test
    void refusesBoxesThatReachBeyondThePicture() {
        RgbImage picture = noise(10, 8, new SplittableRandom(1));
        assertThrows(IllegalArgumentException.class, () -> PillowResizer.resize(picture, new Box(5, 0, 6, 8), 4, 4));
        assertThrows(IllegalArgumentException.class, () -> PillowResizer.resize(picture, new Box(0, 1, 10, 8), 4, 4));
        assertThrows(
                IllegalArgumentException.class,
                () -> PillowResizer.resize(picture, Box.whole(10, 8), 4, 4, new Box(0, 0, 5, 4)));
        assertThrows(IllegalArgumentException.class, () -> PillowResizer.resize(picture, 0, 4));
        assertThrows(IllegalArgumentException.class, () -> new Box(-1, 0, 2, 2));
        assertThrows(IllegalArgumentException.class, () -> new Box(0, 0, 2, 0));
    }

    private static Box boxIn(int width, int height, SplittableRandom random) {
        int left = random.nextInt(width);
        int top = random.nextInt(height);
        return new Box(left, top, 1 + random.nextInt(width - left), 1 + random.nextInt(height - top));
    }

    private static RgbImage cutOut(RgbImage picture, Box box) {
        byte[] rgb = new byte[3 * box.width() * box.height()];
        for (int y = 0; y < box.height(); y++) {
            int from = 3 * ((box.top() + y) * picture.width() + box.left());
            System.arraycopy(picture.rgb(), from, rgb, 3 * y * box.width(), 3 * box.width());
        }
        return new RgbImage(box.width(), box.height(), rgb);
    }

    static RgbImage noise(int width, int height, SplittableRandom random) {
        byte[] rgb = new byte[3 * width * height];
        random.nextBytes(rgb);
        return new RgbImage(width, height, rgb);
    }
}
