package org.glip.report;

/**
 * How the accuracy of a model grew while it was trained.
 *
 * @param run name of the run, as the legend shows it
 * @param pairs pairs seen so far at each point, ascending
 * @param seconds seconds of training so far at each point, ascending
 * @param shares the accuracy at each point, in [0, 1]
 */
public record AccuracyCurve(String run, double[] pairs, double[] seconds, double[] shares) {
    /**
     * Copies the points.
     *
     * @throws IllegalArgumentException if the arrays are not of one length
     */
    public AccuracyCurve {
        if (pairs.length != shares.length || seconds.length != shares.length) {
            throw new IllegalArgumentException("Run \"" + run + "\" has " + shares.length + " accuracies, but "
                    + pairs.length + " numbers of pairs and " + seconds.length + " times");
        }
        pairs = pairs.clone();
        seconds = seconds.clone();
        shares = shares.clone();
    }

    /** {@return a copy of the numbers of pairs} */
    @Override
    public double[] pairs() {
        return pairs.clone();
    }

    /** {@return a copy of the times} */
    @Override
    public double[] seconds() {
        return seconds.clone();
    }

    /** {@return a copy of the accuracies} */
    @Override
    public double[] shares() {
        return shares.clone();
    }
}
