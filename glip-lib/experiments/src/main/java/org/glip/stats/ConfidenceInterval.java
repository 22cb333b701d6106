package org.glip.stats;

import java.util.SplittableRandom;
import java.util.function.IntPredicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.apache.commons.statistics.descriptive.Quantile;
import org.apache.commons.statistics.interval.BinomialConfidenceInterval;
import org.apache.commons.statistics.interval.Interval;
import org.glip.eval.ClassificationResult;
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
    /** Linear interpolation between order statistics. */
    private static final Quantile PERCENTILES = Quantile.withDefaults().with(Quantile.EstimationMethod.HF7);

    /**
     * Returns the percentile bootstrap of a top-1 accuracy: draw as many images as there are, with repetition, again
     * and again. It knows the chance of the test images, not that of the training seed; see {@link SeedSpread} for the
     * latter.
     *
     * @param result the classification
     * @param level confidence, in (0, 1)
     * @param resamples number of draws, at least 100; 1000 is usual
     * @param seed seed of the draws; the interval is a function of it
     * @return the interval
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static ConfidenceInterval ofTop1(ClassificationResult result, double level, int resamples, long seed) {
        return bootstrap(result.top1(), result.count(), drawn -> share(drawn, result::isHit), level, resamples, seed);
    }

    /**
     * Returns the same of the mean per-class recall; a class of which no image is drawn is left out of that draw's
     * mean.
     *
     * @param result the classification
     * @param level confidence, in (0, 1)
     * @param resamples number of draws, at least 100
     * @param seed seed of the draws
     * @return the interval
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static ConfidenceInterval ofMeanPerClassRecall(
            ClassificationResult result, double level, int resamples, long seed) {
        return bootstrap(
                result.meanPerClassRecall(), result.count(), drawn -> recall(result, drawn), level, resamples, seed);
    }

    private static ConfidenceInterval bootstrap(
            double estimate, int images, ToDoubleFunction<int[]> statistic, double level, int resamples, long seed) {
        requireLevel(level);
        if (resamples < 100) {
            throw new IllegalArgumentException("A bootstrap needs at least 100 resamples, not " + resamples);
        }
        double[] values = new double[resamples];
        int[] drawn = new int[images];
        for (int resample = 0; resample < resamples; resample++) {
            SplittableRandom random = KeyedRandom.stream(seed, KeyedRandom.Purpose.BOOTSTRAP, 0, resample);
            for (int draw = 0; draw < images; draw++) {
                drawn[draw] = random.nextInt(images);
            }
            values[resample] = statistic.applyAsDouble(drawn);
        }
        double[] ends = PERCENTILES.evaluate(values, (1 - level) / 2, (1 + level) / 2);
        return new ConfidenceInterval(estimate, ends[0], ends[1], level);
    }

    private static double share(int[] drawn, IntPredicate hit) {
        int hits = 0;
        for (int image : drawn) {
            hits += hit.test(image) ? 1 : 0;
        }
        return (double) hits / drawn.length;
    }

    private static double recall(ClassificationResult result, int[] drawn) {
        int[] images = new int[result.classNames().size()];
        int[] hits = new int[images.length];
        for (int image : drawn) {
            images[result.label(image)]++;
            hits[result.label(image)] += result.isHit(image) ? 1 : 0;
        }
        return IntStream.range(0, images.length)
                .filter(c -> images[c] > 0)
                .mapToDouble(c -> (double) hits[c] / images[c])
                .average()
                .orElseThrow();
    }

    /**
     * Returns Wilson's score interval of a share, by the binomial law: what chance in the choice of test images leaves
     * where no more is known than how many were right. Like {@link #ofTop1} it does not know the chance of the training
     * seed.
     *
     * @param right images that are right, from 0 to {@code images}
     * @param images number of images, at least 1
     * @param level confidence, in (0, 1)
     * @return the interval
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static ConfidenceInterval ofShare(int right, int images, double level) {
        requireLevel(level);
        if (images < 1 || right < 0 || right > images) {
            throw new IllegalArgumentException(
                    right + " right of " + images + " images are no share; there must be at least one image");
        }
        Interval interval = BinomialConfidenceInterval.WILSON_SCORE.fromErrorRate(images, right, 1 - level);
        return new ConfidenceInterval(
                (double) right / images, interval.getLowerBound(), interval.getUpperBound(), level);
    }

    private static void requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException(
                    "The confidence level must be in (0, 1), for example 0.95, not " + level);
        }
    }
}
