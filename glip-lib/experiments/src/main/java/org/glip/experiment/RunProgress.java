package org.glip.experiment;

import java.util.function.Consumer;
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
     * @param total how many there are, or -1 where that is not known
     */
    default void onTest(String test, long done, long total) {}

    /**
     * Returns a progress that is told in lines, of training and of tests.
     *
     * @param run its name at the beginning of each line
     * @param listener takes a line after each step and each batch of a test
     * @return the progress
     */
    static RunProgress lines(String run, Consumer<String> listener) {
        return new RunLines(run, listener);
    }
}
