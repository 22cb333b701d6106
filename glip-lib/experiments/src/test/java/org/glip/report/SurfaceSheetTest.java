package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import org.glip.report.SurfaceSheet.Surface;
import org.junit.jupiter.api.Test;

class SurfaceSheetTest {
    private static Surface flat(double value) {
        double[][] values = new double[8][8];
        for (double[] row : values) {
            Arrays.fill(row, value);
        }
        return new Surface(values, "flat");
    }

    private static BufferedImage draw(Surface... surfaces) {
        return new SurfaceSheet(List.of(surfaces), 0, 1, "height").draw();
    }

    private static int topOf(BufferedImage image, int color) {
        for (int y = 0; y < image.getHeight(); y++) {
            if (Pixels.count(image, 0, y, image.getWidth(), 1, rgb -> rgb == color) > 0) {
                return y;
            }
        }
        return -1;
    }

    @Test
    void raisesAndColoursBySharedScale() {
        int darkest = Palette.sequential()[0].getRGB();
        int lightest = Palette.sequential()[8].getRGB();
        BufferedImage both = draw(flat(0), flat(1));
        assertTrue(topOf(both, lightest) > 0);
        assertEquals(130, topOf(both, darkest) - topOf(both, lightest), "the ceiling is 130 px above the floor");
        assertEquals(topOf(draw(flat(1)), lightest), topOf(draw(flat(7)), lightest), "cut at the ceiling");
    }

    @Test
    void whatIsNearHidesWhatIsFar() {
        double[][] wall = new double[8][8];
        wall[7] = new double[] {1, 1, 1, 1, 1, 1, 1, 1};
        wall[6] = wall[7];
        int darkest = Palette.sequential()[0].getRGB();
        int seen = Pixels.count(draw(new Surface(wall, "")), 0, 0, 288, 292, rgb -> rgb == darkest);
        int open = Pixels.count(draw(flat(0)), 0, 0, 288, 292, rgb -> rgb == darkest);
        assertTrue(seen < 0.75 * open, seen + " of " + open);
    }

    @Test
    void rejectsWhatIsNoSurface() {
        assertThrows(IllegalArgumentException.class, () -> new Surface(new double[][] {{1, 2}}, ""));
        assertThrows(IllegalArgumentException.class, () -> new Surface(new double[][] {{1, 2}, {1, 2, 3}}, ""));
        assertThrows(IllegalArgumentException.class, () -> new SurfaceSheet(List.of(), 0, 1, ""));
        Surface flat = flat(0);
        assertThrows(IllegalArgumentException.class, () -> new SurfaceSheet(List.of(flat), 1, 1, ""));
    }
}
