package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class DrawingTest {
    private static ArgbImage draw(String body) throws IOException {
        String svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\""
                + " viewBox=\"0 0 100 100\">" + body + "</svg>";
        return new Drawing(ScenesFixtures.concept("dog"), "test", svg.getBytes(StandardCharsets.UTF_8), true)
                .toForeground();
    }

    /** The share of the width that the row through the middle covers. */
    private static double width(ArgbImage image) {
        int covered = 0;
        for (int x = 0; x < image.width(); x++) {
            covered += image.argb()[image.height() / 2 * image.width() + x] >>> 24 > 127 ? 1 : 0;
        }
        return covered / (double) image.width();
    }

    @Test
    void anObjectWithAMarginFillsTheSquare() throws IOException {
        ArgbImage image = draw("<rect x='5' y='20' width='80' height='80' fill='red'/>");
        assertNotNull(image);
        assertEquals(Drawing.FOREGROUND_SIDE, image.width());
        assertEquals(1, width(image), 0.03);
    }

    @Test
    void aSmallObjectStaysSmallerThanALargeOne() throws IOException {
        ArgbImage image = draw("<rect x='40' y='40' width='20' height='20' fill='red'/>");
        assertNotNull(image);
        assertEquals(0.2 / 0.6, width(image), 0.03);
    }

    @Test
    void aFlatObjectLiesInTheMiddle() throws IOException {
        ArgbImage image = draw("<rect x='0' y='0' width='100' height='40' fill='red'/>");
        assertNotNull(image);
        assertEquals(1, width(image), 0.03);
        assertEquals(0, image.argb()[10 * image.width() + 48] >>> 24);
        assertEquals(0, image.argb()[85 * image.width() + 48] >>> 24);
    }

    @Test
    void reusedPartsAreDrawn() throws IOException {
        ArgbImage image = draw("<defs><path id='a' d='M0 0h100v100H0z'/></defs><use xlink:href='#a' fill='#00f'/>");
        assertNotNull(image);
        assertEquals(0xFF0000FF, image.argb()[48 * image.width() + 48]);
    }

    @Test
    void aBlankDrawingIsNull() throws IOException {
        assertNull(draw("<g/>"));
    }

    @Test
    void whatIsNoSvgIsNamed() {
        Drawing drawing = new Drawing(
                ScenesFixtures.concept("dog"), "set.tgz!dog", "<svg".getBytes(StandardCharsets.UTF_8), true);
        IOException failure = assertThrows(IOException.class, drawing::toForeground);
        assertTrue(failure.getMessage().contains("set.tgz!dog"), failure.getMessage());
    }

    @Test
    void whatIsNoPictureIsNamed() {
        Drawing drawing = new Drawing(ScenesFixtures.concept("dog"), "set.tgz!dog.webp", new byte[] {1, 2, 3}, false);
        IOException failure = assertThrows(IOException.class, drawing::toForeground);
        assertTrue(failure.getMessage().contains("set.tgz!dog.webp"), failure.getMessage());
    }
}
