package org.glip.stats;

import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a figure over training seeds, with the range that seed noise leaves it by Student's t.
 *
 * @param seeds number of seeds, at least 1
 * @param mean mean over the seeds
 * @param halfWidth half the length of the interval around the mean; infinite for a single seed, which says nothing
 *     about noise
 * @param level the share of such intervals that hold the true mean, for example 0.95
 */
public record MeanInterval(int seeds, double mean, double halfWidth, double level) {
    /**
     * {@return the interval of some values, one a seed, such as the differences between two methods trained from the
     * same seeds}
     *
     * @param level confidence, in (0, 1)
     * @param values at least one
     * @throws IllegalArgumentException if the level is out of range, there is no value, or one is not finite
     */
    public static MeanInterval of(double level, double... values) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "The confidence level must be in (0, 1), for example 0.95, not " + level);
        }
        SeedSpread spread = SeedSpread.of(values);
        int n = spread.runs();
        double halfWidth = n == 1
                ? Double.POSITIVE_INFINITY
                : TDistribution.of(n - 1).inverseSurvivalProbability((1 - level) / 2)
                        * spread.standardDeviation()
                        / Math.sqrt(n);
        return new MeanInterval(n, spread.mean(), halfWidth, level);
    }

    /** {@return the lower end} */
    public double low() {
        return mean - halfWidth;
    }

    /** {@return the upper end} */
    public double high() {
        return mean + halfWidth;
    }
}
