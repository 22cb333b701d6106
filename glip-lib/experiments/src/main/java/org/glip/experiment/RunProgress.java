package org.glip.experiment;

import org.glip.train.StepReport;

/** Watches a run while it is trained and tested. */
@FunctionalInterface
public interface RunProgress {
    /**
     * A step of training is done.
     *
     * @param stage of the run's training
     * @param report what the step did, and what the validation found after it
     */
    void onStep(Stage stage, StepReport report);

    /**
     * Some pictures of a test were looked at, or are ready for it. Unless this is overridden, it tells nobody.
     *
     * @param test what is tested or made ready, such as {@code unseen drawings}
     * @param done how many are done
     * @param total how many there are
     */
    default void onTest(String test, long done, long total) {}
}
