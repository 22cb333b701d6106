package org.glip.scenes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class StickerTest {
    private static final int SIDE = 32;
    private static final int INK = 0xFF102030;
    private static final int PAPER = 0xFFE0D0C0;

    @Test
    void whatLinesEncloseIsPaper() {
        ArgbImage sticker = Sticker.of(frame(10, 20), INK, PAPER);

        assertEquals(PAPER, at(sticker, 15, 15));
        assertEquals(INK, at(sticker, 10, 15));
    }

    @Test
    void paperStandsOutTwoPixelsAndNoFurther() {
        ArgbImage sticker = Sticker.of(frame(10, 20), INK, PAPER);

        assertEquals(PAPER, at(sticker, 8, 15));
        assertEquals(0, at(sticker, 7, 15) >>> 24);
        assertEquals(0, at(sticker, 0, 0) >>> 24);
    }

    @Test
    void linesThatTouchTheBorderEncloseToo() {
        ArgbImage sticker = Sticker.of(frame(0, SIDE - 1), INK, PAPER);

        assertEquals(INK, at(sticker, 0, 0));
        assertEquals(PAPER, at(sticker, 16, 16));
    }

    @Test
    void aHalfOpaqueLineIsInkMixedWithPaper() {
        int[] argb = new int[SIDE * SIDE];
        argb[16 * SIDE + 16] = 0xFF << 24;
        argb[16 * SIDE + 17] = 51 << 24; // a fifth

        ArgbImage sticker = Sticker.of(new ArgbImage(SIDE, SIDE, argb), INK, PAPER);

        int mixed = at(sticker, 17, 16);
        assertEquals(0xFF, mixed >>> 24);
        assertEquals((0x10 + 4 * 0xE0) / 5, mixed >> 16 & 255);
        assertEquals((0x20 + 4 * 0xD0) / 5, mixed >> 8 & 255);
        assertEquals((0x30 + 4 * 0xC0) / 5, mixed & 255);
    }

    @Test
    void anEmptyDrawingStaysEmpty() {
        ArgbImage sticker = Sticker.of(new ArgbImage(SIDE, SIDE, new int[SIDE * SIDE]), INK, PAPER);

        for (int argb : sticker.argb()) {
            assertEquals(0, argb >>> 24);
        }
    }

    /** A square of lines one pixel wide. */
    private static ArgbImage frame(int from, int to) {
        int[] argb = new int[SIDE * SIDE];
        for (int i = from; i <= to; i++) {
            argb[from * SIDE + i] = argb[to * SIDE + i] = argb[i * SIDE + from] = argb[i * SIDE + to] = 0xFF << 24;
        }
        return new ArgbImage(SIDE, SIDE, argb);
    }

    private static int at(ArgbImage image, int x, int y) {
        return image.argb()[y * SIDE + x];
    }
}
