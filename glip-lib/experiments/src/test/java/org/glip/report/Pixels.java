package org.glip.report;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.function.IntPredicate;

/** Pictures for tests, and questions about their pixels. */
final class Pixels {
    private Pixels() {}

    /** A picture without any grey: every pixel is random and strongly coloured. */
    static BufferedImage coloured(int width, int height, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(random.nextInt(256), random.nextInt(60), 100).getRGB());
            }
        }
        return image;
    }

    static int count(BufferedImage image, int left, int top, int width, int height, IntPredicate rgb) {
        int count = 0;
        for (int y = top; y < top + height; y++) {
            for (int x = left; x < left + width; x++) {
                count += rgb.test(image.getRGB(x, y)) ? 1 : 0;
            }
        }
        return count;
    }

    static int count(BufferedImage image, Color color) {
        return count(image, 0, 0, image.getWidth(), image.getHeight(), rgb -> rgb == color.getRGB());
    }
}
