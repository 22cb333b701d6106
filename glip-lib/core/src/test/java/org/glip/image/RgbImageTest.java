package org.glip.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RgbImageTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_INT_RGB,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_BGR,
                BufferedImage.TYPE_3BYTE_BGR,
                BufferedImage.TYPE_4BYTE_ABGR
            })
    void comesBackFromEveryKindOfColourImage(int type) {
        RgbImage picture = PillowResizerTest.noise(13, 7, new SplittableRandom(type));
        BufferedImage copy = new BufferedImage(13, 7, type);
        BufferedImage image = picture.toBufferedImage();
        for (int i = 0; i < 13 * 7; i++) {
            copy.setRGB(i % 13, i / 13, image.getRGB(i % 13, i / 13));
        }
        assertArrayEquals(picture.rgb(), RgbImage.from(copy).rgb());
    }

    @Test
    void reachesBufferedImagesWithItsColours() {
        BufferedImage image = new RgbImage(2, 1, new byte[] {(byte) 200, 0, 7, 1, 2, (byte) 255}).toBufferedImage();
        assertEquals(0xFFC80007, image.getRGB(0, 0));
        assertEquals(0xFF0102FF, image.getRGB(1, 0));
    }

    @Test
    void takesGreyAsStoredInsteadOfAsLinearLight() {
        BufferedImage grey = new BufferedImage(3, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 128, 255});
        assertArrayEquals(
                new byte[] {0, 0, 0, (byte) 128, (byte) 128, (byte) 128, -1, -1, -1},
                RgbImage.from(grey).rgb());
    }

    @Test
    void takesAPartOfALargerImage() {
        RgbImage picture = PillowResizerTest.noise(9, 9, new SplittableRandom(1));
        BufferedImage part = picture.toBufferedImage().getSubimage(2, 3, 4, 1);
        byte[] expected = Arrays.copyOfRange(picture.rgb(), 3 * (3 * 9 + 2), 3 * (3 * 9 + 6));
        assertArrayEquals(expected, RgbImage.from(part).rgb());
    }

    @Test
    void refusesBytesThatDoNotFitItsSides() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new RgbImage(2, 2, new byte[11]));
        assertTrue(refused.getMessage().contains("2 x 2 pixels with 11 bytes"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> new RgbImage(0, 2, new byte[0]));
    }
}
