package org.glip.image;

/** Receives the samples of a picture, a row or a column of one channel at a time. */
@FunctionalInterface
interface SampleSink {
    /**
     * Takes one channel of a row or a column.
     *
     * @param channel 0 for red, 1 for green, 2 for blue
     * @param first the first pixel's number, counted along the rows from the top left
     * @param step from one pixel's number to the next: 1 in a row, the width in a column
     * @param samples 0..255; used again afterwards
     */
    void accept(int channel, int first, int step, int[] samples);

    /** Fills interleaved RGB. */
    static SampleSink into(byte[] rgb) {
        return (channel, first, step, samples) -> {
            int start = 3 * first + channel;
            for (int i = 0; i < samples.length; i++) {
                rgb[start + i * 3 * step] = (byte) samples[i];
            }
        };
    }

    /**
     * Takes a picture that fills a part of this one.
     *
     * @param place the part
     * @param width pixels in a row of the whole picture
     */
    default SampleSink placed(Box place, int width) {
        int corner = place.top() * width + place.left();
        return (channel, first, step, samples) -> {
            int start = corner + first / place.width() * width + first % place.width();
            // In a picture of one column a step of 1 leads down, too.
            accept(channel, start, step < place.width() ? 1 : width, samples);
        };
    }
}
