package org.glip.stats;

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
    /**
     * @throws IllegalArgumentException if there is no value, or one is not finite; the message names it
     */
    public static SeedSpread of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("A spread over seeds needs at least one run");
        }
        double sum = 0;
        double minimum = Double.POSITIVE_INFINITY;
        double maximum = Double.NEGATIVE_INFINITY;
        for (int run = 0; run < values.length; run++) {
            if (!Double.isFinite(values[run])) {
                throw new IllegalArgumentException(
                        "The value of run " + run + " is " + values[run] + "; it must be finite");
            }
            sum += values[run];
            minimum = Math.min(minimum, values[run]);
            maximum = Math.max(maximum, values[run]);
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = values.length == 1 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
        return new SeedSpread(values.length, mean, deviation, minimum, maximum);
    }
}
