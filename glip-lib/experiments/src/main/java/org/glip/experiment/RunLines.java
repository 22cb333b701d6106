package org.glip.experiment;

import java.util.Locale;
import java.util.function.Consumer;
import org.glip.eval.ClassificationResult;
import org.glip.train.StepReport;
import org.glip.train.ValidationReport;

/** Tells in lines how a run goes. After its last step a stage has nothing left, whatever comes next takes. */
final class RunLines implements RunProgress {
    private final String run;
    private final Consumer<String> listener;
    private String validation = "";

    RunLines(String run, Consumer<String> listener) {
        this.run = run;
        this.listener = listener;
    }

    @Override
    public void onStep(Stage stage, StepReport report) {
        report.validation().ifPresent(found -> validation = said(found));
        boolean isLast = report.step() == report.totalSteps();
        listener.accept(String.format(
                Locale.ROOT,
                "%s, %s: step %d of %d, loss %.2f%s, %.0f samples/s, %s",
                run,
                stage,
                report.step(),
                report.totalSteps(),
                report.loss(),
                validation,
                report.samplesPerSecond(),
                isLast ? "trained" : String.format(Locale.ROOT, "%.0f s left", report.secondsLeft())));
    }

    @Override
    public void onTest(String test, long done, long total) {
        listener.accept(
                String.format(Locale.ROOT, "%s, test: %s, %d", run, test, done) + (total < 0 ? "" : " of " + total));
    }

    private static String said(ValidationReport found) {
        return String.format(
                Locale.ROOT,
                ", validation top-1 %.1f %%",
                100 * found.figures().getOrDefault(ClassificationResult.TOP_1, Double.NaN));
    }
}
