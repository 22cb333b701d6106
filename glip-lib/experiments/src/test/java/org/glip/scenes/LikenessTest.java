package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LikenessTest {
    private static Foreground drawing(String label, String style, int colour, int noise) throws IOException {
        Canvas canvas = new Canvas(Drawing.FOREGROUND_SIDE);
        canvas.fill(colour);
        ArgbImage image = canvas.toImage();
        Random random = new Random(noise);
        for (int i = 0; noise > 0 && i < image.argb().length; i++) {
            image.argb()[i] ^= random.nextInt(8);
        }
        return new Foreground(label, ScenesFixtures.concept(label), style, image.encodePng(), style + " " + label);
    }

    @Test
    void distanceIsThatOfEverySingleValue() throws IOException {
        Thumbnail black = Thumbnail.of(drawing("owl", "noto", 0, 0));
        Thumbnail white = Thumbnail.of(drawing("owl", "noto", 0xFFFFFF, 0));
        Thumbnail red = Thumbnail.of(drawing("owl", "noto", 0xFF0000, 0));
        assertEquals(0, black.distance(black));
        assertEquals(Math.sqrt(3 / 4.0), black.distance(white), 1e-6, "three of four values differ by one");
        assertEquals(Math.sqrt(1 / 4.0), black.distance(red), 1e-6);
        assertEquals(black.distance(red), red.distance(black));
    }

    @Test
    void drawingsOfOneHandAreOneDrawingAndNearOnesOfTwoHandsToo() throws IOException {
        Foreground flat = drawing("owl", "fluent-emoji-flat", 0x0000FF, 0);
        Foreground shaded = drawing("owl", "fluent-emoji-3d", 0xFF0000, 0);
        Foreground takenOver = drawing("owl", "twemoji", 0x0000FF, 5);
        Foreground own = drawing("owl", "fxemoji", 0x00FF00, 0);
        List<Foreground> all = List.of(flat, own, shaded, takenOver);
        Likeness likeness = new Likeness(all);
        assertEquals(List.of(List.of(own), List.of(flat, shaded, takenOver)), likeness.groups(all));
        assertEquals(1, likeness.nearDuplicates(all));
    }

    @Test
    void conceptsLookTheSameByTheStylesThatDrawBoth() throws IOException {
        List<Foreground> owl = List.of(drawing("owl", "noto", 0x0000FF, 0), drawing("owl", "twemoji", 0xFF0000, 0));
        List<Foreground> dove = List.of(drawing("dove", "noto", 0x0000F0, 0), drawing("dove", "fxemoji", 0, 0));
        List<Foreground> hen = List.of(drawing("hen", "noto", 0x00FF00, 0));
        List<Foreground> all = List.of(owl.get(0), owl.get(1), dove.get(0), dove.get(1), hen.get(0));
        Likeness likeness = new Likeness(all);
        assertTrue(likeness.sameLook(owl, dove));
        assertFalse(likeness.sameLook(owl, hen));
        assertFalse(likeness.sameLook(List.of(dove.get(1)), hen), "no style draws both");
    }
}
