package org.glip.report;

import java.awt.Color;
import java.awt.Font;

/** The colours and fonts of every chart and picture, chosen once. */
final class Palette {
    private Palette() {}

    static final Color PAPER = Color.WHITE;
    static final Color INK = new Color(0x22, 0x26, 0x2B);
    static final Color MUTED = new Color(0x6A, 0x70, 0x78);
    static final Color RULE = new Color(0xE3, 0xE5, 0xE8);
    static final Color MASKED_PATCH = new Color(0xD2, 0xD5, 0xD9);
    static final Color RIGHT = new Color(0x00, 0x8A, 0x64);
    static final Color MISSED = new Color(0xC4, 0x4F, 0x00);

    /**
     * Okabe and Ito's palette, which stays distinct under the common colour blindnesses; its yellow is too pale on
     * white.
     */
    private static final int[] SERIES = {0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0x56B4E9, 0xE69F00, 0x000000};

    /** Viridis in nine steps: even in lightness, so that it also reads in grey. */
    private static final int[] SEQUENTIAL = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    static Color[] series() {
        return colors(SERIES);
    }

    static Color[] sequential() {
        return colors(SEQUENTIAL);
    }

    static Font font(int style, int size) {
        return new Font(Font.SANS_SERIF, style, size);
    }

    private static Color[] colors(int[] rgb) {
        Color[] colors = new Color[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            colors[i] = new Color(rgb[i]);
        }
        return colors;
    }
}
