package org.glip.stats;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.glip.eval.ClassificationResult;

/**
 * Whether two classifiers differ on the same images, by McNemar's test: only images that exactly one of them gets right
 * say anything, and if the two were equally good each of these would be a fair coin toss.
 *
 * @param images number of images
 * @param onlyFirst images that only the first classifier gets right
 * @param onlySecond images that only the second classifier gets right
 */
public record PairedComparison(int images, int onlyFirst, int onlySecond) {
    /**
     * Pairs two results by image.
     *
     * @param first one result
     * @param second the other, of the same images
     * @return the comparison
     * @throws IllegalArgumentException if the results are not about the same labelled images; the message names the
     *     first row that differs
     */
    public static PairedComparison of(ClassificationResult first, ClassificationResult second) {
        if (first.count() != second.count() || !first.classNames().equals(second.classNames())) {
            throw new IllegalArgumentException("A paired test needs the same images and classes, but the results have "
                    + first.count() + " and " + second.count() + " images, "
                    + first.classNames().size() + " and " + second.classNames().size() + " classes");
        }
        for (int image = 0; image < first.count(); image++) {
            if (first.label(image) != second.label(image)) {
                throw new IllegalArgumentException(
                        "A paired test needs the same images in the same order, but the labels of image " + image
                                + " are " + first.label(image) + " and " + second.label(image));
            }
        }
        return of(Hits.of(first), Hits.of(second));
    }

    /**
     * Pairs the hits of two runs, such as two result files hold. That they are about the same images is for the caller
     * to know: the provenance of both names the data.
     *
     * @param first one result
     * @param second the other, of the same images
     * @return the comparison
     * @throws IllegalArgumentException if the numbers of images differ
     */
    public static PairedComparison of(Hits first, Hits second) {
        if (first.images() != second.images()) {
            throw new IllegalArgumentException("A paired test needs the same images, but there are hits of "
                    + first.images() + " and of " + second.images() + " images");
        }
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int image = 0; image < first.images(); image++) {
            onlyFirst += first.isHit(image) && !second.isHit(image) ? 1 : 0;
            onlySecond += second.isHit(image) && !first.isHit(image) ? 1 : 0;
        }
        return new PairedComparison(first.images(), onlyFirst, onlySecond);
    }

    /** {@return the top-1 accuracy of the first minus that of the second, in [-1, 1]} */
    public double difference() {
        return (double) (onlyFirst - onlySecond) / images;
    }

    /** {@return the exact two-sided p-value; 1 if no image tells the two apart} Conservative. */
    public double exactPValue() {
        return Math.min(1, 2 * fairTosses().cumulativeProbability(Math.min(onlyFirst, onlySecond)));
    }

    /**
     * {@return the two-sided mid-p value, which counts half the probability of the observed split and is less
     * conservative (Fagerland, Lydersen and Laake, "The McNemar test for binary matched-pairs data", 2013)} 1 if no
     * image tells the two apart.
     */
    public double midPValue() {
        if (onlyFirst + onlySecond == 0) {
            return 1;
        }
        int fewer = Math.min(onlyFirst, onlySecond);
        double observed = fairTosses().probability(fewer);
        return onlyFirst == onlySecond ? 1 - observed / 2 : 2 * fairTosses().cumulativeProbability(fewer) - observed;
    }

    /** How many of the images that tell the two apart the first would get right if they were equally good. */
    private BinomialDistribution fairTosses() {
        return BinomialDistribution.of(onlyFirst + onlySecond, 0.5);
    }
}
