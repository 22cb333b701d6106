package org.glip.stats;

import java.util.Set;
import org.apache.commons.statistics.descriptive.DoubleStatistics;
import org.apache.commons.statistics.descriptive.Statistic;

/**
 * A figure over several training runs that differ in their seed only.
 *
 * @param runs number of runs, at least 1
 * @param mean mean over the runs
 * @param standardDeviation of a run (divided by runs - 1); NaN for a single run, which says nothing about seed noise
 * @param minimum the smallest
 * @param maximum the largest
 */
public record SeedSpread(int runs, double mean, double standardDeviation, double minimum, double maximum) {
    private static final Set<Statistic> FIGURES =
            Set.of(Statistic.MEAN, Statistic.STANDARD_DEVIATION, Statistic.MIN, Statistic.MAX);

    /**
     * Summarises the runs of a figure.
     *
     * @param values a figure of each run
     * @return the spread
     * @throws IllegalArgumentException if there is no value, or one is not finite; the message names it
     */
    public static SeedSpread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A spread over seeds needs at least one run");
        }
        for (int run = 0; run < values.length; run++) {
            if (!Double.isFinite(values[run])) {
                throw new IllegalArgumentException(
                        "The value of run " + run + " is " + values[run] + "; it must be finite");
            }
        }
        DoubleStatistics of = DoubleStatistics.of(FIGURES, values);
        return new SeedSpread(
                values.length,
                of.getAsDouble(Statistic.MEAN),
                values.length == 1 ? Double.NaN : of.getAsDouble(Statistic.STANDARD_DEVIATION),
                of.getAsDouble(Statistic.MIN),
                of.getAsDouble(Statistic.MAX));
    }
}
