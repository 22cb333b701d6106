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
}
