package org.glip.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * By how much two shares of right answers differ by chance, if each comes from as many questions that are right or
 * wrong independently of each other (the binomial distribution, taken as normal).
 *
 * @param questions how many there are, above 0; not whole where questions have different weights
 */
public record PictureNoise(double questions) {
    /**
     * Checks the component.
     *
     * @throws IllegalArgumentException if there is no question
     */
    public PictureNoise {
        if (!(questions > 0)) {
            throw new IllegalArgumentException("a share needs at least one question, not " + questions);
        }
    }

    /**
     * {@return how far apart two shares must lie to be more than noise}
     *
     * @param share the share that both are expected to be, in [0, 1]
     * @param level confidence, in (0, 1)
     */
    public double margin(double share, double level) {
        double deviation = Math.sqrt(2 * share * (1 - share) / questions);
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - level) / 2) * deviation;
    }
}
