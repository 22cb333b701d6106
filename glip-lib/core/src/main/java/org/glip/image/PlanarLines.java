package org.glip.image;

/**
 * What the first pass of resizing leaves for the second: lines across those that it has written, in bytes, (lines, 3,
 * pixels).
 */
final class PlanarLines implements Lines, LineResampler.Sink {
    private final int firstLine;
    private final int pixels;
    private final byte[] samples;

    /**
     * Empty lines.
     *
     * @param firstLine the number of the first of them
     * @param lines how many: the pixels of each line of the first pass
     * @param pixels of each: the outputs of the first pass
     */
    PlanarLines(int firstLine, int lines, int pixels) {
        this.firstLine = firstLine;
        this.pixels = pixels;
        this.samples = new byte[Math.multiplyExact(3 * pixels, lines)];
    }

    @Override
    public int pixels() {
        return pixels;
    }

    /** Writes one pixel of each line. */
    @Override
    public void accept(int pixel, int channel, int[] across) {
        byte[] to = samples;
        int start = channel * pixels + pixel;
        int step = 3 * pixels;
        for (int i = 0; i < across.length; i++) {
            to[start + i * step] = (byte) across[i];
        }
    }

    @Override
    public void read(int line, int[][] planes) {
        for (int channel = 0; channel < 3; channel++) {
            widen((3 * (line - firstLine) + channel) * pixels, planes[channel]);
        }
    }

    private void widen(int start, int[] plane) {
        byte[] from = samples;
        for (int i = 0; i < plane.length; i++) {
            plane[i] = from[start + i] & 0xFF;
        }
    }
}
