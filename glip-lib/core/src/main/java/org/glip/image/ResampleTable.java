package org.glip.image;

/**
 * Which source samples make up each output sample of one axis, and with what weight.
 *
 * <p>This is the antialiased filter of PIL ({@code src/libImaging/Resample.c}): a kernel, widened by the scale when
 * shrinking, its weights normalised in double precision and rounded to 22 binary places.
 */
final class ResampleTable {
    /** Binary places of a weight: 32 bits less 8 for the sample and 2 for sign and overshoot. */
    static final int PRECISION_BITS = 22;

    private final int taps;
    private final int[] first;
    private final int[] count;
    private final int[] weights;

    private ResampleTable(int outputs, int taps) {
        this.taps = taps;
        this.first = new int[outputs];
        this.count = new int[outputs];
        this.weights = new int[outputs * taps];
    }

    /**
     * Tabulates a part of an axis.
     *
     * @param filter the kernel
     * @param inputLength samples of the source
     * @param outputLength samples of the whole output
     * @param from the first output sample that is needed
     * @param outputs how many are needed
     */
    static ResampleTable of(Interpolation filter, int inputLength, int outputLength, int from, int outputs) {
        double scale = (double) inputLength / outputLength;
        double filterScale = Math.max(scale, 1);
        double shrink = 1 / filterScale;
        double radius = filter.radius() * filterScale;
        int taps = Math.min(inputLength, (int) Math.ceil(radius) * 2 + 1);
        ResampleTable table = new ResampleTable(outputs, taps);
        double[] exact = new double[taps];
        for (int i = 0; i < outputs; i++) {
            double centre = (from + i + 0.5) * scale;
            int first = Math.max(0, (int) (centre - radius + 0.5));
            int count = Math.min(inputLength, (int) (centre + radius + 0.5)) - first;
            double sum = 0;
            for (int tap = 0; tap < count; tap++) {
                exact[tap] = filter.kernel((first + tap - centre + 0.5) * shrink);
                sum += exact[tap];
            }
            table.first[i] = first;
            table.count[i] = count;
            for (int tap = 0; tap < count; tap++) {
                table.weights[i * taps + tap] = fixedPoint(exact[tap] / sum);
            }
        }
        return table;
    }

    /** Rounds half away from zero. */
    private static int fixedPoint(double weight) {
        double scaled = weight * (1 << PRECISION_BITS);
        return (int) (scaled < 0 ? scaled - 0.5 : scaled + 0.5);
    }

    int outputs() {
        return first.length;
    }

    /** The most source samples that an output takes. */
    int taps() {
        return taps;
    }

    /** The first source sample of an output. */
    int first(int output) {
        return first[output];
    }

    /** How many consecutive source samples an output takes. */
    int count(int output) {
        return count[output];
    }

    /** The weights of all outputs; those of output {@code i} begin at {@code weightsAt(i)}. */
    int[] weights() {
        return weights;
    }

    int weightsAt(int output) {
        return output * taps;
    }

    /** The first source sample of any output. */
    int firstOfAll() {
        return first[0];
    }

    /** One past the last source sample of any output. */
    int endOfAll() {
        int last = first.length - 1;
        return first[last] + count[last];
    }
}
