package org.glip.scenes;

import java.io.IOException;

/**
 * A drawing at 16x16 pixels, by which drawings are told apart.
 *
 * @param values rows of pixels, of each red, green, blue (multiplied by alpha) and alpha, from 0 to 1
 */
record Thumbnail(float[] values) {
    private static final int SIDE = 16;
    private static final int CHANNELS = 4;

    /** The thumbnail of a drawing. */
    static Thumbnail of(Foreground drawing) throws IOException {
        int[] argb = Canvas.shrunk(ArgbImage.decode(drawing.png(), drawing.origin()), SIDE)
                .argb();
        float[] values = new float[argb.length * CHANNELS];
        for (int i = 0; i < argb.length; i++) {
            float alpha = (argb[i] >>> 24) / 255f;
            values[CHANNELS * i] = alpha * (argb[i] >> 16 & 255) / 255;
            values[CHANNELS * i + 1] = alpha * (argb[i] >> 8 & 255) / 255;
            values[CHANNELS * i + 2] = alpha * (argb[i] & 255) / 255;
            values[CHANNELS * i + 3] = alpha;
        }
        return new Thumbnail(values);
    }

    /** The root of the mean squared difference: 0 for equal ones, at most 1. */
    double distance(Thumbnail other) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            double difference = values[i] - other.values[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / values.length);
    }
}
