package org.glip.report;

import java.util.Arrays;

/**
 * The loss of one training run so far.
 *
 * @param run name of the run, as the legend shows it
 * @param steps step numbers, ascending
 * @param losses the loss of each step
 */
public record LossCurve(String run, double[] steps, double[] losses) {
    /** Points drawn per curve: more than a chart has pixels to tell apart, few enough to redraw every second. */
    private static final int POINTS = 200;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is not one loss per step
     */
    public LossCurve {
        if (steps.length != losses.length) {
            throw new IllegalArgumentException(
                    "Run \"" + run + "\" has " + steps.length + " steps, but " + losses.length + " losses");
        }
        steps = steps.clone();
        losses = losses.clone();
    }

    /** How many steps a drawn point must stand for, so that this curve needs at most 200 points. */
    int stretch() {
        return Math.max(1, (steps.length + POINTS - 1) / POINTS);
    }

    /**
     * The curve with each point the mean of a stretch of steps: it can be redrawn live however long the run is, and the
     * noise of single batches does not hide the course. Losses that are not finite are left out.
     */
    LossCurve thinned(int stretch) {
        int points = (steps.length + stretch - 1) / stretch;
        double[] thinSteps = new double[points];
        double[] thinLosses = new double[points];
        int filled = 0;
        for (int from = 0; from < steps.length; from += stretch) {
            double step = 0;
            double loss = 0;
            int finite = 0;
            for (int i = from; i < Math.min(steps.length, from + stretch); i++) {
                if (Double.isFinite(losses[i])) {
                    step += steps[i];
                    loss += losses[i];
                    finite++;
                }
            }
            if (finite > 0) {
                thinSteps[filled] = step / finite;
                thinLosses[filled++] = loss / finite;
            }
        }
        return new LossCurve(run, Arrays.copyOf(thinSteps, filled), Arrays.copyOf(thinLosses, filled));
    }

    /** {@return a copy of the steps} */
    @Override
    public double[] steps() {
        return steps.clone();
    }

    /** {@return a copy of the losses} */
    @Override
    public double[] losses() {
        return losses.clone();
    }
}
