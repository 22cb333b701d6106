package org.glip.image;

/**
 * A picture as its file encodes colour, before it is known which of its pixels are needed: a crop converts only its
 * own.
 *
 * <p>The array is handed over as in {@link RgbImage}: nobody writes to it afterwards.
 *
 * @param width pixels in a row, at least 1
 * @param height rows, at least 1
 * @param samples three interleaved samples a pixel, 0..255 as unsigned bytes, rows from top to bottom; length
 *     {@code 3 * width * height}
 * @param colours what the samples are
 */
public record StoredImage(int width, int height, byte[] samples, Colours colours) {
    /** How three samples encode a colour. */
    public enum Colours {
        /** Red, green, blue. */
        RGB,
        /** Luma and two differences, ITU-R BT.601 at full range, as in JPEG (JFIF). */
        YCBCR
    }

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if a side is below 1 or the array's length does not fit the sides
     */
    public StoredImage {
        RgbImage.requireFitting(width, height, samples.length);
    }

    /**
     * Returns the picture in RGB.
     *
     * @return a picture with samples of its own, or with the same ones if they are RGB already
     */
    public RgbImage toRgb() {
        if (colours == Colours.RGB) {
            return new RgbImage(width, height, samples);
        }
        byte[] rgb = new byte[samples.length];
        SampleSink sink = SampleSink.into(rgb);
        Lines rows = ImageLines.rows(this, Box.whole(width, height));
        int[][] row = new int[3][width];
        for (int y = 0; y < height; y++) {
            rows.read(y, row);
            for (int channel = 0; channel < 3; channel++) {
                sink.accept(channel, y * width, 1, row[channel]);
            }
        }
        return new RgbImage(width, height, rgb);
    }

    @Override
    public String toString() {
        return "StoredImage[" + width + " x " + height + ", " + colours + "]";
    }
}
