package org.glip.image;

import java.util.Arrays;

/**
 * Vertical interpolation of chroma in 4:4:0 JPEGs (photographs in 4:2:2 that were turned without loss).
 *
 * <p>The libjpeg bundled with most JDKs repeats each chroma row there, whereas libjpeg-turbo, which PIL and some builds
 * of the JDK use, interpolates. Repeated rows are recognised and interpolated as libjpeg-turbo does.
 */
final class ChromaRows {
    private ChromaRows() {}

    /** Replaces repeated chroma rows in interleaved YCbCr samples; leaves rows alone that are interpolated already. */
    static void interpolate(byte[] samples, int width, int height) {
        int stride = 3 * width;
        if (!isRepeated(samples, stride, height)) {
            return;
        }
        int storedRows = (height + 1) / 2;
        byte[][] stored = new byte[storedRows][];
        for (int row = 0; row < storedRows; row++) {
            stored[row] = Arrays.copyOfRange(samples, 2 * row * stride, (2 * row + 1) * stride);
        }
        for (int y = 0; y < height; y++) {
            int near = y / 2;
            int far = Math.max(0, Math.min(storedRows - 1, y % 2 == 0 ? near - 1 : near + 1));
            // Even rows round down and odd ones up, so that rounding does not tint the picture.
            mix(stored[near], stored[far], y % 2 == 0 ? 1 : 2, samples, y * stride);
        }
    }

    private static boolean isRepeated(byte[] samples, int stride, int height) {
        for (int y = 0; y + 1 < height; y += 2) {
            int above = y * stride;
            for (int i = 0; i < stride; i += 3) {
                if (samples[above + i + 1] != samples[above + stride + i + 1]
                        || samples[above + i + 2] != samples[above + stride + i + 2]) {
                    return false;
                }
            }
        }
        return true;
    }

    private static void mix(byte[] near, byte[] far, int rounding, byte[] samples, int at) {
        for (int i = 0; i < near.length; i += 3) {
            for (int chroma = i + 1; chroma <= i + 2; chroma++) {
                samples[at + chroma] = (byte) (3 * (near[chroma] & 0xFF) + (far[chroma] & 0xFF) + rounding >> 2);
            }
        }
    }
}
