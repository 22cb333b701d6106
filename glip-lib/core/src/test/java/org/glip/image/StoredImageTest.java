package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.SplittableRandom;
import org.glip.image.StoredImage.Colours;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StoredImageTest {
    private static final int[] PRIMARIES = {76, 85, 255, 150, 44, 21, 29, 255, 107, 255, 128, 128, 0, 128, 128};

    @RepeatedTest(20)
    void transformsAPictureInYCbCrAsIfItHadBeenConvertedFirst(RepetitionInfo repetition) {
        SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
        StoredImage stored = noise(8 + random.nextInt(60), 8 + random.nextInt(60), random);
        ImageTransform[] transforms = {
            new RandomResizedCropTransform(16, 0.3, 1, Normalization.clip()),
            new EvaluationTransform(16, PreprocessConfig.clip())
        };
        for (ImageTransform transform : transforms) {
            float[] expected = new float[3 * 16 * 16];
            transform.apply(stored.toRgb(), new SplittableRandom(1), expected, 0);
            float[] actual = new float[3 * 16 * 16];
            transform.apply(stored, new SplittableRandom(1), actual, 0);
            assertArrayEquals(expected, actual);
        }
    }

    @Test
    void convertsThePrimariesAsJpegDefinesThem() {
        byte[] samples = new byte[PRIMARIES.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (byte) PRIMARIES[i];
        }
        byte[] rgb = new StoredImage(5, 1, samples, Colours.YCBCR).toRgb().rgb();
        byte[] expected = {-2, 0, 0, 0, -1, 1, 0, 0, -2, -1, -1, -1, 0, 0, 0};
        assertArrayEquals(expected, rgb);
    }

    @Test
    void keepsTheArrayOfAPictureInRgb() {
        RgbImage picture = PillowResizerTest.noise(4, 3, new SplittableRandom(1));
        assertSame(picture.rgb(), picture.stored().samples());
        assertSame(picture.rgb(), picture.stored().toRgb().rgb());
    }

    @Test
    void leavesAJpegInItsOwnColours() throws IOException {
        byte[] file = GoldenPictures.source("jpeg-420.jpg");
        StoredImage stored = ImageDecoder.decodeStored(file, "jpeg");
        assertEquals(Colours.YCBCR, stored.colours());
        assertArrayEquals(
                ImageDecoder.decode(file, "jpeg").rgb(), stored.toRgb().rgb());
        byte[] grey = GoldenPictures.source("jpeg-grey.jpg");
        assertEquals(Colours.RGB, ImageDecoder.decodeStored(grey, "grey").colours());
    }

    @Test
    void refusesSamplesThatDoNotFitTheSides() {
        assertThrows(IllegalArgumentException.class, () -> new StoredImage(2, 2, new byte[11], Colours.YCBCR));
        assertThrows(IllegalArgumentException.class, () -> new StoredImage(0, 2, new byte[0], Colours.RGB));
    }

    private static StoredImage noise(int width, int height, SplittableRandom random) {
        byte[] samples = new byte[3 * width * height];
        random.nextBytes(samples);
        return new StoredImage(width, height, samples, Colours.YCBCR);
    }
}
