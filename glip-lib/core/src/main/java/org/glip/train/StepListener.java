package org.glip.train;

/** Watches training; called on the training thread, so it should be quick. */
@FunctionalInterface
public interface StepListener {
    /**
     * A step is done.
     *
     * @param report what it did
     */
    void onStep(StepReport report);

    /**
     * A listener that tells two.
     *
     * @param other told after this one
     * @return both
     */
    default StepListener and(StepListener other) {
        return report -> {
            onStep(report);
            other.onStep(report);
        };
    }
}
