package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LandscapePhotographsTest {
    @Test
    void comeInTheOrderOfTheirNames() throws IOException {
        List<BufferedImage> ab = LandscapePhotographs.read(List.of("beach0.jpg", "mountain0.jpg"));
        List<BufferedImage> ba = LandscapePhotographs.read(List.of("mountain0.jpg", "beach0.jpg"));
        assertEquals(240, ab.get(0).getWidth());
        assertEquals(ab.get(0).getRGB(120, 60), ba.get(1).getRGB(120, 60));
        assertEquals(ab.get(1).getRGB(120, 60), ba.get(0).getRGB(120, 60));
    }

    @Test
    void anUnknownNameIsSaid() {
        var error = assertThrows(IOException.class, () -> LandscapePhotographs.read(List.of("moon.jpg")));
        assertTrue(error.getMessage().contains("moon.jpg"), error.getMessage());
    }
}
