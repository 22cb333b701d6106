package org.glip.experiment;

import java.io.IOException;

/** What a run's models are put to: one or more tests. */
@FunctionalInterface
public interface RunEvaluation {
    /**
     * Evaluates.
     *
     * @param run what was trained
     * @param models its models
     * @param progress told how far the tests are
     * @return figures and hits, under names that say which test they are of
     * @throws IOException if data or models cannot be read; the file is named
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException;
}
