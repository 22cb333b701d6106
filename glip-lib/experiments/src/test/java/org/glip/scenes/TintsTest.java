package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TintsTest {
    private static final int SIDE = 16;
    private static final Concept FROG = ScenesFixtures.concept("frog");
    private static final int GREEN = 0xFF20C030;
    private static final int RED = 0xFFE02010;

    @Test
    void aDrawingWithoutColourGetsAboutThatOfItsTwinByTheSameHand() throws IOException {
        Foreground outline = drawing("emojione-monotone", 0xFF000000);
        Tints tints = new Tints(List.of(drawing("noto", RED), drawing("emojione", GREEN), outline));
        float hue = hue(GREEN);

        for (int seed = 0; seed < 20; seed++) {
            assertEquals(hue, hue(paper(tints, outline, seed)), 0.04);
        }
    }

    @Test
    void withoutATwinItGetsAnyColour() throws IOException {
        Foreground outline = drawing("emojione-monotone", 0xFF000000);
        Tints tints = new Tints(List.of(drawing("noto", RED), outline));

        double[] hues = IntStream.range(0, 40)
                .mapToDouble(seed -> hue(paper(tints, outline, seed)))
                .sorted()
                .toArray();

        assertTrue(hues[0] < 0.2 && hues[39] > 0.8, Arrays.toString(hues));
    }

    @Test
    void theInkIsDarkerThanThePaperWhateverTheTwin() throws IOException {
        for (int colour : new int[] {0xFF000000, 0xFFFFFFFF, GREEN, RED}) {
            Foreground outline = drawing("noto-emoji-font", 0xFF000000);
            Tints tints = new Tints(List.of(drawing("noto", colour), outline));
            for (int seed = 0; seed < 50; seed++) {
                ArgbImage sticker = sticker(tints, outline, seed);
                assertTrue(brightness(sticker.argb()[0]) < brightness(paperOf(sticker)), "twin " + colour);
            }
        }
    }

    @Test
    void theSameRandomNumbersGiveTheSameSticker() throws IOException {
        Foreground outline = drawing("fluent-emoji-high-contrast", 0xFF000000);
        Tints tints = new Tints(List.of(outline, drawing("fluent-emoji-flat", GREEN)));

        assertTrue(Arrays.equals(
                sticker(tints, outline, 7).argb(), sticker(tints, outline, 7).argb()));
    }

    /** A drawing of which the left half is opaque. */
    private static Foreground drawing(String style, int argb) throws IOException {
        int[] pixels = new int[SIDE * SIDE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i % SIDE < SIDE / 2 ? argb : 0;
        }
        return new Foreground(style, FROG, style, new ArgbImage(SIDE, SIDE, pixels).encodePng(), "test");
    }

    private static int paper(Tints tints, Foreground drawing, int seed) {
        return paperOf(sticker(tints, drawing, seed));
    }

    /** Just beyond the opaque half. */
    private static int paperOf(ArgbImage sticker) {
        return sticker.argb()[SIDE / 2 * SIDE + SIDE / 2 + 1];
    }

    private static ArgbImage sticker(Tints tints, Foreground drawing, int seed) {
        try {
            ArgbImage shape = ArgbImage.decode(drawing.png(), "test");
            return tints.sticker(drawing, shape, new SplittableRandom(seed));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static float hue(int rgb) {
        return Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null)[0];
    }

    private static float brightness(int rgb) {
        return Color.RGBtoHSB(rgb >> 16 & 255, rgb >> 8 & 255, rgb & 255, null)[2];
    }
}
