package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.Parity;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Decoding, resizing and cropping against open_clip with torchvision and PIL. */
class PixelParityTest {
    private static final int[] SIZES = {64, 224};

    @ParameterizedTest
    @ValueSource(strings = {"png-", "gif", "webp-"})
    void equalsOpenClipInEveryPixelOf(String format) throws IOException {
        Difference difference = compareAll(format);
        assertEquals(0, difference.largest(), () -> format + ": " + difference);
    }

    /**
     * JPEG leaves the last bit of the inverse cosine transform to the decoder, so an equal one is not required of each
     * JDK.
     */
    @ParameterizedTest
    @ValueSource(strings = "jpeg-")
    void staysWithinOneStepOfOpenClipIn(String format) throws IOException {
        Difference difference = compareAll(format);
        assertTrue(difference.shareWithinOne() >= 0.999, () -> format + ": " + difference);
        assertTrue(difference.largest() <= 2, () -> format + ": " + difference);
    }

    private static Difference compareAll(String format) throws IOException {
        Difference all = new Difference(0, 0, 0);
        for (Path source : GoldenPictures.sources(format)) {
            RgbImage picture = ImageDecoder.decode(Files.readAllBytes(source), source.toString());
            for (int size : SIZES) {
                if (GoldenPictures.hasExpected(source, size)) {
                    Difference one = compare(picture, source, size);
                    assertTrue(one.shareWithinOne() >= 0.999, () -> source + " at " + size + ": " + one);
                    all = all.plus(one);
                }
            }
        }
        Parity.check("pixels, " + format, "largest difference in 255ths", all.largest(), 2);
        Parity.check("pixels, " + format, "share beyond 1/255", 1 - all.shareWithinOne(), 1e-3);
        return all;
    }

    private static Difference compare(RgbImage picture, Path source, int size) throws IOException {
        byte[] actual = new EvaluationTransform(size, PreprocessConfig.clip())
                .resizeAndCrop(picture)
                .rgb();
        byte[] expected = GoldenPictures.expectedPixels(source, size);
        assertEquals(expected.length, actual.length, source.toString());
        int largest = 0;
        long beyondOne = 0;
        for (int i = 0; i < expected.length; i++) {
            int difference = Math.abs((expected[i] & 0xFF) - (actual[i] & 0xFF));
            largest = Math.max(largest, difference);
            beyondOne += difference > 1 ? 1 : 0;
        }
        return new Difference(expected.length, beyondOne, largest);
    }

    private record Difference(long values, long beyondOne, int largest) {
        Difference plus(Difference other) {
            return new Difference(values + other.values, beyondOne + other.beyondOne, Math.max(largest, other.largest));
        }

        double shareWithinOne() {
            return 1 - (double) beyondOne / values;
        }

        @Override
        public String toString() {
            return values + " values, largest difference " + largest + "/255, share within 1/255 " + shareWithinOne();
        }
    }
}
