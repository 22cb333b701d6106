package org.glip.image;

/**
 * Luma and two colour differences to red, green and blue: ITU-R BT.601 at full range (JFIF), in libjpeg's 16-bit fixed
 * point.
 */
final class YCbCr {
    private static final int CENTRE = 128;
    private static final int HALF = 1 << 15;

    private YCbCr() {}

    /**
     * Converts a line. The outputs are other arrays than the inputs.
     *
     * @param from planes of Y, Cb and Cr, 0..255, each (pixels)
     * @param to receives red, green and blue, 0..255, each (pixels)
     */
    static void toRgb(int[][] from, int[][] to) {
        // One output a loop: the compiler vectorises no loop that writes three arrays which might be one.
        redOfAll(from[0], from[2], to[0]);
        greenOfAll(from[0], from[1], from[2], to[1]);
        blueOfAll(from[0], from[1], to[2]);
    }

    private static void redOfAll(int[] y, int[] cr, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = red(y[i], cr[i]);
        }
    }

    private static void greenOfAll(int[] y, int[] cb, int[] cr, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = green(y[i], cb[i], cr[i]);
        }
    }

    private static void blueOfAll(int[] y, int[] cb, int[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] = blue(y[i], cb[i]);
        }
    }

    static int red(int y, int cr) {
        return Samples.clamp(y + (91881 * (cr - CENTRE) + HALF >> 16)); // 1.402
    }

    static int green(int y, int cb, int cr) {
        // 0.344136, 0.714136
        return Samples.clamp(y + (-22554 * (cb - CENTRE) - 46802 * (cr - CENTRE) + HALF >> 16));
    }

    static int blue(int y, int cb) {
        return Samples.clamp(y + (116130 * (cb - CENTRE) + HALF >> 16)); // 1.772
    }
}
