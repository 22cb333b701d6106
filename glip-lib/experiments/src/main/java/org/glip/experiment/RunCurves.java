package org.glip.experiment;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.glip.eval.ClassificationResult;
import org.glip.report.AccuracyCurve;
import org.glip.report.LearningCharts;
import org.glip.report.LossCurve;
import org.glip.train.StageLog;
import org.glip.train.StepReport;
import org.glip.train.ValidationReport;

/**
 * The curves of runs, while they are trained and afterwards: the loss of each step of pre-training, and the accuracy on
 * the validation pictures. For one thread at a time.
 */
public final class RunCurves {
    private final Map<String, List<StageLog.Line>> runs = new LinkedHashMap<>();

    /** Begins without a run. */
    public RunCurves() {}

    /**
     * Watches a run while it is trained and tested.
     *
     * @param run its name in the legend
     * @param listener told in a line, after each step and each batch of a test, how it goes
     * @return to be given to a {@link Comparison}
     */
    public RunProgress watch(String run, Consumer<String> listener) {
        RunProgress lines = RunProgress.lines(run, listener);
        return new RunProgress() {
            @Override
            public void onStep(Stage stage, StepReport report) {
                if (stage == Stage.PRETRAINING) {
                    runs.computeIfAbsent(run, none -> new ArrayList<>())
                            .add(new StageLog.Line(report.step(), report.loss(), report.validation()));
                }
                lines.onStep(stage, report);
            }

            @Override
            public void onTest(String test, long done, long total) {
                lines.onTest(test, done, total);
            }
        };
    }

    /**
     * Shows a run as its folder has it, in the place of what was watched of it.
     *
     * @param run its name in the legend
     * @param models the run's models, with their logs
     * @throws IOException if the log is missing or damaged; it is named
     */
    public void show(String run, TrainedModels models) throws IOException {
        runs.put(run, StageLog.read(models.pretrained()));
    }

    /** {@return loss and validation accuracy of all runs so far, side by side} */
    public BufferedImage draw() {
        List<LossCurve> losses = new ArrayList<>();
        runs.forEach((run, lines) -> losses.add(loss(run, lines)));
        return LearningCharts.lossAndAccuracy(losses, accuracies());
    }

    /** {@return the validation accuracy of all runs so far} */
    public List<AccuracyCurve> accuracies() {
        List<AccuracyCurve> curves = new ArrayList<>();
        runs.forEach((run, lines) -> curves.add(accuracy(run, lines)));
        return curves;
    }

    private static double top1(ValidationReport found) {
        return found.figures().getOrDefault(ClassificationResult.TOP_1, Double.NaN);
    }

    static LossCurve loss(String run, List<StageLog.Line> lines) {
        return new LossCurve(
                run,
                lines.stream().mapToDouble(StageLog.Line::step).toArray(),
                lines.stream().mapToDouble(StageLog.Line::loss).toArray());
    }

    static AccuracyCurve accuracy(String run, List<StageLog.Line> lines) {
        List<ValidationReport> found =
                lines.stream().flatMap(line -> line.validation().stream()).toList();
        return new AccuracyCurve(
                run,
                found.stream().mapToDouble(ValidationReport::samples).toArray(),
                found.stream().mapToDouble(ValidationReport::seconds).toArray(),
                found.stream().mapToDouble(RunCurves::top1).toArray());
    }
}
