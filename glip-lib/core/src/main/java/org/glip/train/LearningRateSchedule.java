package org.glip.train;

/**
 * Linear warm-up, then a cosine to zero (the paper's training recipe; open_clip's {@code cosine_lr}).
 *
 * @param peak learning rate at the end of the warm-up, positive
 * @param warmupSteps steps of the warm-up, from 0; a warm-up that is longer than the run never ends
 * @param totalSteps steps of the run, at least 1
 */
record LearningRateSchedule(double peak, long warmupSteps, long totalSteps) {
    /** Checks the ranges. */
    LearningRateSchedule {
        requirePeak(peak);
        if (warmupSteps < 0 || totalSteps < 1) {
            throw new IllegalArgumentException(
                    "warm-up steps must be at least 0 and steps at least 1, not " + warmupSteps + " and " + totalSteps);
        }
    }

    static void requirePeak(double peak) {
        if (!(peak > 0) || Double.isInfinite(peak)) {
            throw new IllegalArgumentException("the learning rate must be positive, not " + peak);
        }
    }

    /**
     * The learning rate of a step.
     *
     * @param step from 0
     * @return for the warm-up {@code peak (step+1)/warmup}, after it {@code peak (1 + cos(pi done/rest))/2}
     */
    double at(long step) {
        if (step < warmupSteps) {
            return peak * (step + 1) / warmupSteps;
        }
        double progress = (double) (step - warmupSteps) / Math.max(1, totalSteps - warmupSteps);
        return 0.5 * (1 + Math.cos(Math.PI * Math.min(1, progress))) * peak;
    }
}
