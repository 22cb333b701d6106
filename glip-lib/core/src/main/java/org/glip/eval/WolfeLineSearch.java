package org.glip.eval;

import org.jspecify.annotations.Nullable;

/**
 * Finds a step along a direction of descent that meets the strong Wolfe conditions (Nocedal and Wright, Numerical
 * Optimization, algorithms 3.5 and 3.6): the value falls enough, and the slope flattens enough for the curvature to be
 * worth remembering.
 */
final class WolfeLineSearch {
    private static final double SUFFICIENT_DECREASE = 1e-4;
    private static final double FLATTENING = 0.9;
    private static final int MOST_TRIALS = 40;

    /** A trial is kept at least this share of the bracket away from its ends. */
    private static final double MARGIN = 0.1;

    private final LimitedMemoryBfgs.Objective objective;
    private final double[] point;
    private final double[] gradient;
    private double value;

    /** A step tried, with the value and the slope along the direction there. */
    private record Trial(double step, double value, double slope) {}

    WolfeLineSearch(LimitedMemoryBfgs.Objective objective, int dimension) {
        this.objective = objective;
        point = new double[dimension];
        gradient = new double[dimension];
    }

    /** Where the last search ended; overwritten by the next. */
    double[] point() {
        return point;
    }

    /** The gradient there. */
    double[] gradient() {
        return gradient;
    }

    /** The value there. */
    double value() {
        return value;
    }

    /**
     * Searches.
     *
     * @param from point to start from
     * @param fromValue the value there
     * @param fromGradient the gradient there
     * @param direction where to go
     * @param firstStep the first multiple of the direction to try
     * @return false if the direction does not lead down, or no step lowers the value by more than rounding
     */
    boolean along(double[] from, double fromValue, double[] fromGradient, double[] direction, double firstStep) {
        double slope = LimitedMemoryBfgs.dot(fromGradient, direction);
        if (!(slope < 0)) {
            return false;
        }
        Trial low = new Trial(0, fromValue, slope); // the best so far
        @Nullable Trial high = null; // the other end of the bracket, once there is one
        double step = firstStep;
        for (int trials = 0; trials < MOST_TRIALS; trials++) {
            Trial trial = tryStep(from, direction, step);
            boolean decreases = trial.value <= fromValue + SUFFICIENT_DECREASE * step * slope;
            if (!decreases || (trial.value >= low.value && low.step > 0)) {
                high = trial;
            } else if (Math.abs(trial.slope) <= -FLATTENING * slope) {
                return true;
            } else {
                double ahead = high == null ? 1 : high.step - low.step;
                if (trial.slope * ahead >= 0) {
                    high = low;
                }
                low = trial;
            }
            step = high == null ? 2 * step : between(low, high);
        }
        if (low.step == 0) {
            return false;
        }
        tryStep(from, direction, low.step); // lower, though not flat enough
        return true;
    }

    private Trial tryStep(double[] from, double[] direction, double step) {
        for (int i = 0; i < point.length; i++) {
            point[i] = from[i] + step * direction[i];
        }
        value = objective.evaluate(point, gradient);
        return new Trial(step, value, LimitedMemoryBfgs.dot(gradient, direction));
    }

    /** The minimum of the cubic through both ends, or the middle where that is near an end or no number. */
    private static double between(Trial a, Trial b) {
        double width = b.step - a.step;
        double d1 = a.slope + b.slope - 3 * (a.value - b.value) / (a.step - b.step);
        double d2 = Math.signum(width) * Math.sqrt(d1 * d1 - a.slope * b.slope);
        double step = b.step - width * (b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2);
        double share = (step - a.step) / width;
        return share > MARGIN && share < 1 - MARGIN ? step : a.step + width / 2;
    }
}
