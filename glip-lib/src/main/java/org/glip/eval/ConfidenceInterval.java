package org.glip.eval;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.glip.random.KeyedRandom;

/**
 * A share with the range that chance in the choice of test images leaves.
 *
 * @param estimate the share measured, in [0, 1]
 * @param low lower end
 * @param high upper end
 * @param level the share of such intervals that hold the true value, for example 0.95
 */
public record ConfidenceInterval(double estimate, double low, double high, double level) {
    /**
     * The percentile bootstrap of a top-1 accuracy: draw as many images as there are, with repetition, again and again. It
     * knows the chance of the test images, not that of the training seed; see {@link SeedSpread} for the latter.
     *
     * @param result the classification
     * @param level confidence, in (0, 1)
     * @param resamples number of draws, at least 100; 1000 is usual
     * @param seed seed of the draws; the interval is a function of it
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static ConfidenceInterval ofTop1(ClassificationResult result, double level, int resamples, long seed) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "The confidence level must be in (0, 1), for example 0.95, not " + level);
        }
        if (resamples < 100) {
            throw new IllegalArgumentException("A bootstrap needs at least 100 resamples, not " + resamples);
        }
        int n = result.count();
        double[] accuracies = new double[resamples];
        for (int resample = 0; resample < resamples; resample++) {
            SplittableRandom random = KeyedRandom.stream(seed, KeyedRandom.Purpose.BOOTSTRAP, 0, resample);
            int hits = 0;
            for (int draw = 0; draw < n; draw++) {
                hits += result.isHit(random.nextInt(n)) ? 1 : 0;
            }
            accuracies[resample] = (double) hits / n;
        }
        Arrays.sort(accuracies);
        return new ConfidenceInterval(
                result.top1(), quantile(accuracies, (1 - level) / 2), quantile(accuracies, (1 + level) / 2), level);
    }

    /** Linear interpolation between order statistics. */
    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
