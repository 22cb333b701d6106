package org.glip.image;

import java.util.Arrays;

/**
 * Resamples one axis: each output line is a weighted sum of consecutive input lines.
 *
 * <p>Samples are widened to {@code int} once, in a ring of as many lines as an output needs, and summed along the
 * lines, because the compiler makes vector code of loops over plain {@code int} arrays, and of bytes it does not. For
 * the same reason columns are summed as lines too, and values are brought into range without a branch or
 * {@code Math.min}.
 */
final class LineResampler {
    private static final int HALF = 1 << ResampleTable.PRECISION_BITS - 1;

    private final ResampleTable table;
    private final int[][][] ring;
    private final int[] sums;

    private LineResampler(ResampleTable table, int pixels) {
        this.table = table;
        this.ring = new int[table.taps()][3][pixels];
        this.sums = new int[pixels];
    }

    /** Takes the output lines, in their order, channel by channel. */
    @FunctionalInterface
    interface Sink {
        /**
         * Takes one channel of a line.
         *
         * @param line which output
         * @param channel 0 for red, 1 for green, 2 for blue
         * @param samples 0..255, (pixels); used again for the next
         */
        void accept(int line, int channel, int[] samples);
    }

    /**
     * Resamples all lines.
     *
     * @param source the input lines
     * @param table which of them make up each output
     * @param sink receives the outputs
     */
    static void resample(Lines source, ResampleTable table, Sink sink) {
        new LineResampler(table, source.pixels()).run(source, sink);
    }

    private void run(Lines source, Sink sink) {
        int next = table.firstOfAll();
        for (int output = 0; output < table.outputs(); output++) {
            int end = table.first(output) + table.count(output);
            for (; next < end; next++) {
                source.read(next, ring[next % ring.length]);
            }
            for (int channel = 0; channel < 3; channel++) {
                sum(output, channel);
                sink.accept(output, channel, sums);
            }
        }
    }

    private void sum(int output, int channel) {
        Arrays.fill(sums, HALF);
        int[] weights = table.weights();
        int weightAt = table.weightsAt(output);
        int line = table.first(output);
        int end = line + table.count(output);
        for (; line + 1 < end; line += 2, weightAt += 2) {
            addTwo(line(line, channel), weights[weightAt], line(line + 1, channel), weights[weightAt + 1]);
        }
        if (line < end) {
            add(line(line, channel), weights[weightAt]);
        }
        toByteRange();
    }

    private void toByteRange() {
        int[] to = sums;
        for (int i = 0; i < to.length; i++) {
            to[i] = Samples.clamp(to[i] >> ResampleTable.PRECISION_BITS);
        }
    }

    private int[] line(int line, int channel) {
        return ring[line % ring.length][channel];
    }

    /** Two lines at once, which halves the traffic of the sums. */
    private void addTwo(int[] line, int weight, int[] nextLine, int nextWeight) {
        int[] to = sums;
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * line[i] + nextWeight * nextLine[i];
        }
    }

    private void add(int[] line, int weight) {
        int[] to = sums;
        for (int i = 0; i < to.length; i++) {
            to[i] += weight * line[i];
        }
    }
}
