package org.glip.scenes;

import java.util.Arrays;
import org.glip.scenes.AxisFilter.Edge;

/**
 * A square on which pictures are drawn over one another, resampled on the way. Colours are kept multiplied by alpha
 * (red, green, blue, alpha, each in [0, 255]), so that a transparent pixel's colour never bleeds into its neighbours.
 */
final class Canvas {
    private static final int CHANNELS = 4;

    private final int side;
    private final float[] pixels; // (side, side, 4), pre-multiplied

    /** A transparent canvas. */
    Canvas(int side) {
        this.side = side;
        this.pixels = new float[side * side * CHANNELS];
    }

    /** A whole picture, resampled to a square of this side. */
    static ArgbImage shrunk(ArgbImage image, int side) {
        Canvas canvas = new Canvas(side);
        canvas.draw(image, new Box(0, 0, image.width(), image.height()), new Box(0, 0, side, side), Edge.REPEATED);
        return canvas.toImage();
    }

    /** Covers all with one opaque colour, 0xRRGGBB. */
    void fill(int rgb) {
        for (int i = 0; i < pixels.length; i += CHANNELS) {
            pixels[i] = rgb >> 16 & 255;
            pixels[i + 1] = rgb >> 8 & 255;
            pixels[i + 2] = rgb & 255;
            pixels[i + 3] = 255;
        }
    }

    /** Draws the part {@code source} of a picture over {@code target}. */
    void draw(ArgbImage image, Box source, Box target, Edge edge) {
        AxisFilter across =
                new AxisFilter(image.width(), source.x(), source.width(), side, target.x(), target.width(), edge);
        AxisFilter down =
                new AxisFilter(image.height(), source.y(), source.height(), side, target.y(), target.height(), edge);
        float[] rows = resampleRows(image, across);
        float[] sum = new float[CHANNELS];
        for (int y = 0; y < side; y++) {
            float[] weights = down.weights(y);
            for (int x = 0; x < side; x++) {
                Arrays.fill(sum, 0);
                int from = (down.first(y) * side + x) * CHANNELS;
                for (float weight : weights) {
                    for (int c = 0; c < CHANNELS; c++) {
                        sum[c] += weight * rows[from + c];
                    }
                    from += side * CHANNELS;
                }
                over(sum, (y * side + x) * CHANNELS);
            }
        }
    }

    /** Resamples along x only: (source height, side, 4), pre-multiplied. */
    private float[] resampleRows(ArgbImage image, AxisFilter across) {
        float[] rows = new float[image.height() * side * CHANNELS];
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < side; x++) {
                int from = y * image.width() + across.first(x);
                int to = (y * side + x) * CHANNELS;
                for (float weight : across.weights(x)) {
                    int argb = image.argb()[from++];
                    float alpha = weight * (argb >>> 24);
                    rows[to] += alpha * (argb >> 16 & 255) / 255;
                    rows[to + 1] += alpha * (argb >> 8 & 255) / 255;
                    rows[to + 2] += alpha * (argb & 255) / 255;
                    rows[to + 3] += alpha;
                }
            }
        }
        return rows;
    }

    private void over(float[] colour, int at) {
        float rest = 1 - colour[3] / 255;
        for (int c = 0; c < CHANNELS; c++) {
            pixels[at + c] = colour[c] + rest * pixels[at + c];
        }
    }

    /**
     * Blurs all that has been drawn, beyond the borders as at them.
     *
     * @param deviation standard deviation of the Gaussian, in pixels
     */
    void blur(double deviation) {
        float[] weights = gaussian(deviation);
        float[] rows = new float[pixels.length];
        blur(pixels, rows, weights, CHANNELS, side * CHANNELS);
        blur(rows, pixels, weights, side * CHANNELS, CHANNELS);
    }

    private static float[] gaussian(double deviation) {
        int radius = (int) Math.ceil(3 * deviation);
        double[] values = new double[2 * radius + 1];
        for (int i = -radius; i <= radius; i++) {
            values[i + radius] = Math.exp(-i * i / (2 * deviation * deviation));
        }
        double total = Arrays.stream(values).sum();
        float[] weights = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            weights[i] = (float) (values[i] / total);
        }
        return weights;
    }

    /** Blurs along one axis, whose pixels lie {@code step} apart; the lines lie {@code lineStep} apart. */
    private void blur(float[] from, float[] to, float[] weights, int step, int lineStep) {
        int radius = weights.length / 2;
        for (int line = 0; line < side; line++) {
            for (int place = 0; place < side; place++) {
                float red = 0;
                float green = 0;
                float blue = 0;
                float alpha = 0;
                for (int i = 0; i < weights.length; i++) {
                    int source = Math.max(0, Math.min(side - 1, place + i - radius));
                    int at = line * lineStep + source * step;
                    float weight = weights[i];
                    red += weight * from[at];
                    green += weight * from[at + 1];
                    blue += weight * from[at + 2];
                    alpha += weight * from[at + 3];
                }
                int at = line * lineStep + place * step;
                to[at] = red;
                to[at + 1] = green;
                to[at + 2] = blue;
                to[at + 3] = alpha;
            }
        }
    }

    /** What has been drawn. */
    ArgbImage toImage() {
        int[] argb = new int[side * side];
        for (int i = 0; i < argb.length; i++) {
            int at = i * CHANNELS;
            float alpha = pixels[at + 3];
            float factor = alpha > 0 ? 255 / alpha : 0;
            argb[i] = toByte(alpha) << 24
                    | toByte(pixels[at] * factor) << 16
                    | toByte(pixels[at + 1] * factor) << 8
                    | toByte(pixels[at + 2] * factor);
        }
        return new ArgbImage(side, side, argb);
    }

    private static int toByte(float value) {
        return Math.max(0, Math.min(255, Math.round(value)));
    }
}
