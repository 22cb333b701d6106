package org.glip.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Collections;
import java.util.List;
import org.glip.eval.ClassificationResult;
import org.glip.eval.Features;
import org.glip.eval.ZeroShotClassifier;
import org.glip.report.PictureSheet.Caption;
import org.glip.report.PictureSheet.Tile;
import org.junit.jupiter.api.Test;

class PictureSheetTest {
    private static final Tile TILE = new Tile(Pixels.coloured(40, 40, 1), List.of());

    @Test
    void growsByRowsAndCaptions() {
        BufferedImage two = new PictureSheet(Collections.nCopies(2, TILE), 2, 40, List.of()).draw();
        BufferedImage five = new PictureSheet(Collections.nCopies(5, TILE), 2, 40, List.of()).draw();
        assertEquals(two.getWidth(), five.getWidth());
        assertEquals(2 * (40 + 12), five.getHeight() - two.getHeight());
        Tile captioned = new Tile(TILE.picture(), List.of(Caption.plain("one"), Caption.plain("two")));
        BufferedImage tall = new PictureSheet(List.of(captioned, TILE), 2, 40, List.of()).draw();
        assertTrue(tall.getHeight() > two.getHeight() + 30);
    }

    @Test
    void placesThePicturesUnscaledWhereTheyFit() {
        BufferedImage sheet = new PictureSheet(List.of(TILE, TILE, TILE), 2, 40, List.of()).draw();
        int[] expected = TILE.picture().getRGB(0, 0, 40, 40, null, 0, 40);
        assertArrayEquals(expected, sheet.getRGB(12, 12, 40, 40, null, 0, 40));
        assertArrayEquals(expected, sheet.getRGB(64, 12, 40, 40, null, 0, 40));
        assertArrayEquals(expected, sheet.getRGB(12, 64, 40, 40, null, 0, 40));
        assertEquals(Color.WHITE.getRGB(), sheet.getRGB(70, 70), "no fourth picture");
    }

    @Test
    void showsTransparentPicturesOnWhite() {
        BufferedImage transparent = new BufferedImage(40, 40, BufferedImage.TYPE_INT_ARGB);
        BufferedImage square = Canvas.square(transparent, 20);
        assertEquals(400, Pixels.count(square, Color.WHITE));
    }

    @Test
    void averagesWhenItShrinks() {
        BufferedImage stripes = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < 400; x += 2) {
            for (int y = 0; y < 400; y++) {
                stripes.setRGB(x, y, 0xFFFFFF);
            }
        }
        int middle = Canvas.square(stripes, 40).getRGB(20, 20) & 0xFF;
        assertEquals(128, middle, 2);
    }

    @Test
    void cutsLongTextToItsWidth() {
        Graphics2D graphics = Canvas.pen(Canvas.blank(10, 10));
        graphics.setFont(Palette.font(Font.PLAIN, 13));
        FontMetrics metrics = graphics.getFontMetrics();
        String cut = Canvas.fitted("a very long caption that cannot fit", metrics, 80);
        assertTrue(cut.endsWith("…") && cut.startsWith("a very"), cut);
        assertTrue(metrics.stringWidth(cut) <= 80);
        assertEquals("short one", Canvas.fitted(" short \n one ", metrics, 80));
        assertEquals("…", Canvas.fitted("anything", metrics, 1));
    }

    @Test
    void rejectsNothingToDrawAndHeadingsThatDoNotFit() {
        assertThrows(IllegalArgumentException.class, () -> new PictureSheet(List.of(), 2, 40, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PictureSheet(List.of(TILE), 0, 40, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PictureSheet(List.of(TILE), 1, 4, List.of()));
        assertThrows(IllegalArgumentException.class, () -> new PictureSheet(List.of(TILE), 2, 40, List.of("one")));
    }

    @Test
    void predictionsTickTheRightClassAndNameTheMissedOne() {
        float[][] axes = new float[5][5];
        for (int i = 0; i < 5; i++) {
            axes[i][i] = 1;
        }
        Features pictures = Features.ofRows(new float[][] {{5, 4, 3, 2, 1}, {5, 4, 3, 2, 1}, {5, 4, 3, 2, 1}});
        ClassificationResult result = new ZeroShotClassifier(List.of("a", "b", "c", "d", "e"), Features.ofRows(axes))
                .classify(pictures, new int[] {0, 2, 4});
        List<BufferedImage> one = List.of(Pixels.coloured(20, 20, 1));
        BufferedImage first = PredictionSheet.draw(one, new int[] {0}, result, 1);
        BufferedImage third = PredictionSheet.draw(one, new int[] {1}, result, 1);
        BufferedImage missed = PredictionSheet.draw(one, new int[] {2}, result, 1);
        for (BufferedImage named : List.of(first, third)) {
            assertTrue(Pixels.count(named, Palette.RIGHT) > 0);
            assertEquals(0, Pixels.count(named, Palette.MISSED));
        }
        assertTrue(Pixels.count(missed, Palette.MISSED) > 0);
        assertEquals(0, Pixels.count(missed, Palette.RIGHT));
        assertTrue(missed.getHeight() > first.getHeight(), "a fourth line");
    }

    @Test
    void predictionsRejectImagesThatAreNotInTheResult() {
        ClassificationResult result = new ZeroShotClassifier(List.of("a", "b"), Features.ofRows(new float[][] {
                    {1, 0}, {0, 1}
                }))
                .classify(Features.ofRows(new float[][] {{1, 0}}), new int[] {0});
        List<BufferedImage> one = List.of(Pixels.coloured(20, 20, 1));
        assertThrows(IllegalArgumentException.class, () -> PredictionSheet.draw(one, new int[] {1}, result, 1));
        assertThrows(IllegalArgumentException.class, () -> PredictionSheet.draw(one, new int[] {0, 0}, result, 1));
    }
}
