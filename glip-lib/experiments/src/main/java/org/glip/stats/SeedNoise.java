package org.glip.stats;

import java.util.Collection;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * By how much runs differ that have all settings in common but the seed, estimated from several settings at once: with
 * two or three seeds each, a single setting says next to nothing about it. Assumes that all settings are equally noisy.
 *
 * @param standardDeviation of a run, pooled over the settings
 * @param degreesOfFreedom runs less settings, at least 1
 */
public record SeedNoise(double standardDeviation, int degreesOfFreedom) {
    /**
     * Pools the deviations of settings; those with a single run say nothing and do not count.
     *
     * @param settings the values of each setting over its seeds
     * @return the noise
     * @throws IllegalArgumentException if no setting has two runs
     */
    public static SeedNoise pooled(Collection<SeedSpread> settings) {
        double squares = 0;
        int freedom = 0;
        for (SeedSpread setting : settings) {
            if (setting.runs() > 1) {
                squares += (setting.runs() - 1) * setting.standardDeviation() * setting.standardDeviation();
                freedom += setting.runs() - 1;
            }
        }
        if (freedom == 0) {
            throw new IllegalArgumentException("The noise of seeds needs a setting with at least two runs");
        }
        return new SeedNoise(Math.sqrt(squares / freedom), freedom);
    }

    /**
     * Returns how far apart the means of two settings must lie to be more than noise, by Student's t-test for one
     * comparison chosen beforehand; whoever looks for the largest of many differences finds one beyond it more often.
     *
     * @param runs number of runs of the one setting, at least 1
     * @param otherRuns number of runs of the other, at least 1
     * @param level confidence, in (0, 1)
     * @return the smallest difference that is significant
     */
    public double margin(int runs, int otherRuns, double level) {
        double t = TDistribution.of(degreesOfFreedom).inverseSurvivalProbability((1 - level) / 2);
        return t * standardDeviation * Math.sqrt(1.0 / runs + 1.0 / otherRuns);
    }
}
