package org.glip.train;

import java.io.IOException;

/** What keeps a stage of training on disk while it goes on. */
interface StageFiles extends AutoCloseable {
    /** Keeps nothing. */
    StageFiles NONE = new StageFiles() {
        @Override
        public void afterStep(StepReport report) {}

        @Override
        public void checkpointIfDue() {}

        @Override
        public void finish(StageResult result) {}

        @Override
        public void close() {}
    };

    /** Takes note of a step. */
    void afterStep(StepReport report);

    /** Writes a checkpoint if the step that was just done is one that leaves a checkpoint. */
    void checkpointIfDue() throws IOException;

    /** Keeps what the stage has come to. */
    void finish(StageResult result) throws IOException;

    @Override
    void close() throws IOException;
}
