package org.glip.train;

import java.io.IOException;

/** What keeps a stage of training on disk while it goes on. */
interface StageFiles extends AutoCloseable {
    /** Keeps nothing. */
    StageFiles NONE = new StageFiles() {
        @Override
        public void afterStep(StepReport report) {}

        @Override
        public void rescue() {}

        @Override
        public void checkpoint() {}

        @Override
        public void finish(StageResult result) {}

        @Override
        public void close() {}
    };

    /**
     * Takes note of a step.
     *
     * @throws IOException where it cannot, among them that somebody has removed the files
     */
    void afterStep(StepReport report) throws IOException;

    /**
     * Keeps the last sound step of a stage that something else ends than an interruption, and no other loses its place
     * for it.
     */
    void rescue() throws IOException;

    /** Writes a checkpoint, if they are kept. */
    void checkpoint() throws IOException;

    /**
     * Keeps what the stage has come to.
     *
     * @throws DivergedException where that holds something else than numbers
     */
    void finish(StageResult result) throws IOException;

    @Override
    void close() throws IOException;
}
