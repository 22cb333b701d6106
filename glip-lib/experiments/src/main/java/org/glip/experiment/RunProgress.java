package org.glip.experiment;

import org.glip.train.StepReport;

/** Watches a run. */
@FunctionalInterface
public interface RunProgress {
    /**
     * A step of training is done.
     *
     * @param stage of the run's training
     * @param report what the step did
     */
    void onStep(Stage stage, StepReport report);
}
