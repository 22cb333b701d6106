package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.List;
import org.glip.report.MapSheet.Panel;
import org.junit.jupiter.api.Test;

class MapSheetTest {
    @Test
    void allMapsShareOneColourScale() {
        Panel low = new Panel(new double[][] {{0, 0}, {0, 0}}, "low");
        Panel high = new Panel(new double[][] {{1, 1}, {1, 0}}, "high");
        BufferedImage sheet = new MapSheet(List.of(low, high), List.of("row"), List.of("a", "b"), 0, 1, "scale").draw();
        int darkest = Palette.sequential()[0].getRGB();
        int lightest = Palette.sequential()[8].getRGB();
        assertEquals(darkest, sheet.getRGB(136 + 35, 30 + 35));
        assertEquals(lightest, sheet.getRGB(136 + 154 + 35, 30 + 35));
        assertEquals(darkest, sheet.getRGB(136 + 154 + 105, 30 + 105));
    }

    @Test
    void coloursRunThroughThePaletteAndStopAtItsEnds() {
        for (int step = 0; step < 9; step++) {
            assertEquals(Palette.sequential()[step], MapSheet.color(step / 8.0));
        }
        assertEquals(Palette.sequential()[0], MapSheet.color(-1));
        assertEquals(Palette.sequential()[8], MapSheet.color(2));
    }

    @Test
    void rejectsMapsThatDoNotFitTheLabelsAndEmptyRanges() {
        List<Panel> one = List.of(new Panel(new double[][] {{0}}, ""));
        assertThrows(
                IllegalArgumentException.class, () -> new MapSheet(one, List.of("r"), List.of("a", "b"), 0, 1, "s"));
        assertThrows(IllegalArgumentException.class, () -> new MapSheet(one, List.of("r"), List.of("a"), 1, 1, "s"));
    }
}
