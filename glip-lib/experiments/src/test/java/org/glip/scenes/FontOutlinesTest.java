package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FontOutlinesTest {
    @Test
    void anOutlineBecomesADrawingOfItsShape() throws IOException {
        byte[] ttf;
        try (InputStream file = FontOutlinesTest.class.getResourceAsStream("square.ttf")) {
            ttf = file.readAllBytes();
        }
        FontOutlines font = FontOutlines.read(ttf, "square.ttf");
        String svg = font.svg("1F4E6").orElseThrow();
        ArgbImage image = SvgRasterizer.rasterize(svg, "square", 100);
        // half an em in the middle of an em
        assertEquals(0xFF000000, image.argb()[50 * 100 + 50]);
        assertEquals(0xFF000000, image.argb()[27 * 100 + 27]);
        assertEquals(0, image.argb()[22 * 100 + 50] >>> 24);
        assertEquals(0, image.argb()[50 * 100 + 78] >>> 24);
        assertTrue(font.svg("1F600").isEmpty(), "not in the font");
        assertTrue(font.svg("1F4E6-1F4E6").isEmpty(), "two glyphs are not one drawing");
    }

    @Test
    void aFileThatIsNoFontIsNamed() {
        byte[] noFont = "not a font".getBytes(StandardCharsets.UTF_8);
        String message = assertThrows(IOException.class, () -> FontOutlines.read(noFont, "a.tgz!b.ttf"))
                .getMessage();
        assertTrue(message.startsWith("a.tgz!b.ttf is not a TrueType font"), message);
    }
}
