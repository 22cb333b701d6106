package org.glip.cli;

import java.io.PrintWriter;
import org.glip.scenes.ScenesProgress;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of something that has several. */
final class StagedProgress implements ScenesProgress, AutoCloseable {
    private final PrintWriter err;
    private String stage = "";
    private @Nullable Progress bar;

    /** @param err standard error */
    StagedProgress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void update(String newStage, long done, long total) {
        update(newStage, done, total, "");
    }

    /** Tells how far a stage is, and some words more. */
    void update(String newStage, long done, long total, String message) {
        if (bar == null || !stage.equals(newStage)) {
            close();
            stage = newStage;
            bar = Progress.start(err, newStage, total);
        }
        bar.set(done, total, message);
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
