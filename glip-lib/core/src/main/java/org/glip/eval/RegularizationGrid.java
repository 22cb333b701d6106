package org.glip.eval;

import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleFunction;

/**
 * A grid of 97 numbers at equal ratios, and CLIP's search on it (Radford and others 2021, appendix A.3;
 * CLIP_benchmark): first every 16th number is tried, then the neighbours of the best at half the distance again and
 * again, down to the next on the grid.
 *
 * @param lowest the first number, positive
 * @param highest the last number, above the first
 */
record RegularizationGrid(double lowest, double highest) {
    private static final int STEPS = 96;
    private static final int FIRST_STRIDE = 16;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the numbers are not positive, finite and ascending
     */
    RegularizationGrid {
        if (!(lowest > 0 && highest > lowest) || Double.isInfinite(highest)) {
            throw new IllegalArgumentException(
                    "a regularisation grid goes from a positive number to a larger one, not from " + lowest + " to "
                            + highest);
        }
    }

    /**
     * How a number did on the validation pictures.
     *
     * @param regularization the number
     * @param accuracy share of pictures classified right; more is better
     * @param loss mean cross-entropy, which decides between equal accuracies; less is better
     */
    record Candidate(double regularization, double accuracy, double loss) {
        boolean isBetterThan(Candidate other) {
            return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
        }
    }

    /**
     * Searches the best number; no number is tried twice.
     *
     * @param judge fits with a number and tells how it did
     * @return the best of those tried
     */
    Candidate best(DoubleFunction<Candidate> judge) {
        Map<Integer, Candidate> tried = new HashMap<>();
        int peak = 0;
        for (int place = 0; place <= STEPS; place += FIRST_STRIDE) {
            peak = better(peak, place, tried, judge);
        }
        for (int stride = FIRST_STRIDE / 2; stride > 0; stride /= 2) {
            int centre = peak;
            peak = better(peak, Math.max(0, centre - stride), tried, judge);
            peak = better(peak, Math.min(STEPS, centre + stride), tried, judge);
        }
        return candidate(peak, tried, judge);
    }

    private int better(int peak, int place, Map<Integer, Candidate> tried, DoubleFunction<Candidate> judge) {
        return candidate(place, tried, judge).isBetterThan(candidate(peak, tried, judge)) ? place : peak;
    }

    private Candidate candidate(int place, Map<Integer, Candidate> tried, DoubleFunction<Candidate> judge) {
        return tried.computeIfAbsent(place, at -> judge.apply(number(at)));
    }

    private double number(int place) {
        return lowest * Math.pow(highest / lowest, (double) place / STEPS);
    }
}
