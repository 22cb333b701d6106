package org.glip.image;

import org.glip.image.StoredImage.Colours;

/** The rows or the columns of a box in a picture, in RGB. Used by one thread. */
final class ImageLines implements Lines {
    private final byte[] samples;
    private final boolean converts;
    private final int start;
    private final int lineStep;
    private final int pixelStep;
    private final int pixels;

    /** A line before its conversion. */
    private final int[][] stored;

    private ImageLines(StoredImage image, Box box, int lineStep, int pixelStep, int pixels) {
        this.samples = image.samples();
        this.converts = image.colours() == Colours.YCBCR;
        this.start = 3 * (box.top() * image.width() + box.left());
        this.lineStep = lineStep;
        this.pixelStep = pixelStep;
        this.pixels = pixels;
        this.stored = new int[3][converts ? pixels : 0];
    }

    /** Line i is row i of the box. */
    static ImageLines rows(StoredImage image, Box box) {
        return new ImageLines(image, box, 3 * image.width(), 3, box.width());
    }

    /** Line i is column i of the box. */
    static ImageLines columns(StoredImage image, Box box) {
        return new ImageLines(image, box, 3, 3 * image.width(), box.height());
    }

    @Override
    public int pixels() {
        return pixels;
    }

    @Override
    public void read(int line, int[][] planes) {
        int at = start + line * lineStep;
        if (converts) {
            widen(at, stored);
            YCbCr.toRgb(stored, planes);
        } else {
            widen(at, planes);
        }
    }

    private void widen(int at, int[][] planes) {
        byte[] from = samples;
        int step = pixelStep;
        int[] first = planes[0];
        int[] second = planes[1];
        int[] third = planes[2];
        for (int i = 0; i < first.length; i++) {
            int pixel = at + i * step;
            first[i] = from[pixel] & 0xFF;
            second[i] = from[pixel + 1] & 0xFF;
            third[i] = from[pixel + 2] & 0xFF;
        }
    }
}
