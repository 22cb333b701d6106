package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.glip.scenes.AxisFilter.Edge;
import org.junit.jupiter.api.Test;

class CanvasTest {
    private static final int OPAQUE_RED = 0xFFFF0000;
    private static final int TRANSPARENT_GREEN = 0x0000FF00;

    private static ArgbImage plain(int side, int argb) {
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, argb);
        return new ArgbImage(side, side, pixels);
    }

    private static Box all(ArgbImage image) {
        return new Box(0, 0, image.width(), image.height());
    }

    @Test
    void aPictureOfTheSameSizeIsCopied() {
        Random random = new Random(3);
        int[] pixels = random.ints(49).map(argb -> argb | 0xFF000000).toArray();
        ArgbImage image = new ArgbImage(7, 7, pixels);
        Canvas canvas = new Canvas(7);
        canvas.draw(image, all(image), new Box(0, 0, 7, 7), Edge.TRANSPARENT);
        assertArrayEquals(pixels, canvas.toImage().argb());
    }

    @Test
    void aPlainPhotographStaysPlainAtAnySize() {
        Random random = new Random(4);
        for (int i = 0; i < 50; i++) {
            ArgbImage image = plain(1 + random.nextInt(40), 0xFF336699);
            double crop = image.width() * (0.2 + 0.8 * random.nextDouble());
            Canvas canvas = new Canvas(1 + random.nextInt(40));
            int side = canvas.toImage().width();
            canvas.draw(image, new Box(0, 0, crop, crop), new Box(0, 0, side, side), Edge.REPEATED);
            assertTrue(Arrays.stream(canvas.toImage().argb()).allMatch(argb -> argb == 0xFF336699));
        }
    }

    @Test
    void theColourOfTransparentPixelsNeverShows() {
        ArgbImage image = plain(32, TRANSPARENT_GREEN);
        for (int y = 8; y < 24; y++) {
            Arrays.fill(image.argb(), y * 32 + 8, y * 32 + 24, OPAQUE_RED);
        }
        Canvas canvas = new Canvas(64);
        canvas.draw(image, all(image), new Box(10.3, 7.7, 21.4, 21.4), Edge.TRANSPARENT);
        boolean partly = false;
        for (int argb : canvas.toImage().argb()) {
            partly |= argb >>> 24 > 20 && argb >>> 24 < 235;
            assertTrue(argb >>> 24 == 0 || (argb & 0xFFFFFF) == 0xFF0000, Integer.toHexString(argb));
        }
        assertTrue(partly, "the border is smooth");
    }

    @Test
    void anObjectKeepsItsAreaWhereverItLies() {
        Random random = new Random(5);
        for (int i = 0; i < 50; i++) {
            double side = 20 + 30 * random.nextDouble();
            double x = 2 + 10 * random.nextDouble();
            double y = 2 + 10 * random.nextDouble();
            Canvas canvas = new Canvas(64);
            canvas.draw(plain(96, OPAQUE_RED), new Box(0, 0, 96, 96), new Box(x, y, side, side), Edge.TRANSPARENT);
            double area = Arrays.stream(canvas.toImage().argb())
                            .mapToDouble(argb -> argb >>> 24)
                            .sum()
                    / 255;
            assertEquals(side * side, area, 0.01 * side * side);
        }
    }

    @Test
    void drawsOverWhatIsThere() {
        Canvas canvas = new Canvas(2);
        canvas.fill(0x0000FF);
        canvas.draw(plain(2, 0x80FF0000), new Box(0, 0, 2, 2), new Box(0, 0, 2, 2), Edge.TRANSPARENT);
        assertEquals(0xFF80007F, canvas.toImage().argb()[0]);
    }
}
