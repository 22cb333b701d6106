package org.glip.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.Locale;
import org.glip.data.Batch;
import org.glip.data.CountedBatches;
import org.glip.experiment.RunProgress;
import org.glip.experiment.Stage;
import org.glip.scenes.ScenesProgress;
import org.glip.train.StepReport;
import org.jspecify.annotations.Nullable;

/** A bar for each stage of something that has several. */
final class StagedProgress implements ScenesProgress, RunProgress, AutoCloseable {
    /** A total that is not known. */
    static final long UNKNOWN = -1;

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

    @Override
    public void onStep(Stage training, StepReport report) {
        step(training.toString(), report);
    }

    @Override
    public void onTest(String test, long done, long total) {
        update(test, done, total);
    }

    /** Tells how far a training is. */
    void step(String training, StepReport report) {
        update(
                training,
                report.step(),
                report.totalSteps(),
                String.format(Locale.ROOT, "loss %.3f, %.1f samples/s", report.loss(), report.samplesPerSecond()));
        if (bar != null) {
            bar.tellLeft(report.secondsLeft());
        }
    }

    /** Batches that are counted as they pass, under a name; each is done when the next one is asked for. */
    Iterator<Batch> counted(String pictures, Iterator<Batch> batches) {
        return new CountedBatches(batches, done -> update(pictures, done, UNKNOWN));
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
