package org.glip.results;

import org.glip.stats.SeedSpread;

/**
 * A share measured at one sigma.
 *
 * @param sigma the paper's sigma, a variance; infinite for the random mask
 * @param spread the share over the seeds, in [0, 1]
 * @param low lower end of the error bar
 * @param high upper end of the error bar
 */
public record SigmaPoint(double sigma, SeedSpread spread, double low, double high) {
    /**
     * {@return whether the error bar tells how much seeds differ; else it only tells the chance of the test pictures}
     */
    public boolean isOverSeeds() {
        return spread.runs() > 1;
    }
}
