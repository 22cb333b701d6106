package org.glip.scenes;

/**
 * The weights with which the pixels of one axis of a source make the pixels of one axis of a target: a triangle as wide
 * as two target pixels where the picture shrinks, two source pixels where it grows (bilinear with antialiasing).
 *
 * <p>Pixel {@code i} covers [i, i+1) and its centre lies at i + 0.5, on both axes.
 */
final class AxisFilter {
    /** What lies beyond the source. */
    enum Edge {
        /** Nothing: the object's border fades over the pixels that it covers in part. */
        TRANSPARENT,
        /** The outermost pixel goes on for ever: for a photograph that covers the whole target. */
        REPEATED
    }

    private final int[] first;
    private final float[][] weights;

    /**
     * Maps the source interval [sourceStart, sourceStart + sourceExtent) onto the target interval [targetStart,
     * targetStart + targetExtent); both may reach beyond their axis.
     */
    AxisFilter(
            int sourceLength,
            double sourceStart,
            double sourceExtent,
            int targetLength,
            double targetStart,
            double targetExtent,
            Edge edge) {
        first = new int[targetLength];
        weights = new float[targetLength][];
        double scale = sourceExtent / targetExtent;
        double radius = Math.max(1, scale);
        for (int target = 0; target < targetLength; target++) {
            double centre = sourceStart + (target + 0.5 - targetStart) * scale;
            int low = (int) Math.ceil(centre - radius - 0.5);
            int high = (int) Math.floor(centre + radius - 0.5);
            int lowest = clamp(low, sourceLength);
            int highest = clamp(high, sourceLength);
            double[] sums = new double[highest - lowest + 1];
            double total = 0;
            for (int source = low; source <= high; source++) {
                double weight = 1 - Math.abs(source + 0.5 - centre) / radius;
                total += weight;
                if (edge == Edge.REPEATED || (source >= 0 && source < sourceLength)) {
                    sums[clamp(source, sourceLength) - lowest] += weight;
                }
            }
            first[target] = lowest;
            weights[target] = new float[sums.length];
            for (int i = 0; i < sums.length; i++) {
                weights[target][i] = (float) (sums[i] / total);
            }
        }
    }

    private static int clamp(int index, int length) {
        return Math.max(0, Math.min(length - 1, index));
    }

    /** The first source pixel that a target pixel draws from. */
    int first(int target) {
        return first[target];
    }

    /** The weights of that pixel and those after it; their sum is 1, or less where the source ends. */
    float[] weights(int target) {
        return weights[target];
    }
}
