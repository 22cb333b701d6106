package org.glip.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.Map;
import org.glip.eval.ClassificationResult;
import org.glip.train.StepReport;
import org.glip.train.ValidationReport;
import org.jspecify.annotations.Nullable;

/** The line of a stage of training on standard error: what its last step and its last validation found. */
final class StageProgress implements AutoCloseable {
    private static final long UNKNOWN = -1;

    private final PrintWriter err;
    private final String stage;
    private @Nullable Progress reading;
    private @Nullable Progress bar;
    private String validation = "";
    private String said = "";

    /** A line that is not shown yet. */
    StageProgress(PrintWriter err, String stage) {
        this.err = err;
        this.stage = stage;
    }

    /** Begins to show it. */
    void start(long steps) {
        endReading();
        bar = Progress.start(err, stage, steps);
    }

    /** Tells of a step. */
    void onStep(StepReport report) {
        report.validation().ifPresent(found -> validation = words(found));
        said = words(report, validation);
        if (bar != null) {
            bar.tellLeft(report.secondsLeft());
            bar.set(report.step(), report.totalSteps(), said);
        }
    }

    /** Tells how far a validation is, or before the first step the reading of its pictures. */
    void onPicture(long done) {
        if (bar != null) {
            bar.say(done == 0 ? said : done + " pictures named");
            return;
        }
        if (reading == null) {
            reading = Progress.start(err, "validation set", UNKNOWN);
        }
        reading.set(done, UNKNOWN, "");
    }

    /** All pictures are read. */
    void endReading() {
        if (reading != null) {
            reading.close();
            reading = null;
        }
    }

    /** What is likeliest to be asked for comes first, since a narrow terminal shows no more. */
    static String words(StepReport report, String validation) {
        return String.format(
                Locale.ROOT,
                "loss %.3f, %s%.1f samples/s, %.0f %% waiting, gradient %.3g, scale %.1f%s",
                report.loss(),
                validation,
                report.samplesPerSecond(),
                100 * report.dataWait(),
                report.gradientNorm(),
                report.logitScale(),
                report.badSamples() == 0 ? "" : ", " + report.badSamples() + " bad");
    }

    private static String words(ValidationReport found) {
        Map<String, Double> figures = found.figures();
        return String.format(
                Locale.ROOT, "top-1 %.1f %%, ", 100 * figures.getOrDefault(ClassificationResult.TOP_1, Double.NaN));
    }

    @Override
    public void close() {
        endReading();
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
