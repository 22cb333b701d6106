package org.glip.experiment;

import org.glip.train.StepReport;

/** Watches a run. */
@FunctionalInterface
public interface RunProgress {
    /**
     * A step of training is done.
     *
     * @param stage {@code pre-training} or {@code tuning}
     * @param report what the step did
     */
    void onStep(String stage, StepReport report);
}
