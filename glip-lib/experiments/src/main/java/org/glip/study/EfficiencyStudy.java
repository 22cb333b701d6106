package org.glip.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.experiment.Benchmark;
import org.glip.experiment.CostCurve;
import org.glip.experiment.EqualTime;
import org.glip.experiment.Method;
import org.glip.experiment.Plan;
import org.glip.experiment.RunProgress;
import org.glip.report.ReportColumns;
import org.glip.report.ResultTables;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.scenes.ScenesPreset;
import tech.tablesaw.api.Table;

/**
 * What masking saves: steps of the small model, now; steps of ViT-B/16 and accuracy at equal time, from result files
 * that size {@code FULL} makes.
 */
public final class EfficiencyStudy {
    private static final String NOTEBOOK = "04-efficiency";
    private static final double[] RATIOS = {0, 0.25, 0.5, 0.75, 0.9, 0.97};
    private static final double[] PAPERS_RATIOS = {0, 0.25, 0.5, 0.75, 0.918, 0.975};
    private static final int[] BATCHES = {4, 8, 16, 32, 64};
    private static final int BASE_BATCH = 16;
    private static final double LONGER_SECONDS = 100;
    private static final int LONGER_SEEDS = 2;
    private static final String BASE = "ViT-B-16";
    private static final String SMALL = "tiny-wide";

    private final StudySize size;
    private final StudyFiles now;
    private final Path kept = StudyFiles.kept(NOTEBOOK);
    private final Precision precision;

    private EfficiencyStudy(StudySize size, StudyFiles now, Precision precision) {
        this.size = size;
        this.now = now;
        this.precision = precision;
    }

    /**
     * The study on this machine, in bf16 where its processor has it.
     *
     * @param size how much of it
     * @return the study
     * @throws IOException if what an earlier page measured cannot be deleted
     */
    public static EfficiencyStudy onThisMachine(StudySize size) throws IOException {
        return new EfficiencyStudy(size, StudyFiles.ofThisPage(NOTEBOOK), Torch.supported(Precision.BF16));
    }

    /**
     * Times steps of the small model against image tokens, each point in a process of its own.
     *
     * @param progress told each point
     * @return the points
     * @throws IOException if a process fails
     */
    public List<RunResult> smallSteps(Consumer<String> progress) throws IOException {
        return new CostCurve(
                        SMALL, precision, size.choose(1, 12, 12), now.results().resolve("cost"), now.command())
                .againstTokens(
                        size == StudySize.SMOKE ? new double[] {0, 0.75} : RATIOS,
                        size == StudySize.SMOKE ? 8 : 128,
                        point -> progress.accept(describe(point)));
    }

    /**
     * Times steps of ViT-B/16 against image tokens and against the batch, in size {@code FULL}; what has a result file
     * is not timed again.
     *
     * @param progress told each point
     * @return the points that there are, in either number format
     * @throws IOException if a process fails or a file cannot be read
     */
    public List<RunResult> baseSteps(Consumer<String> progress) throws IOException {
        Path folder = kept.resolve("cost");
        if (size == StudySize.FULL) {
            Consumer<RunResult> told = point -> progress.accept(describe(point));
            CostCurve fast = new CostCurve(BASE, precision, 4, folder, now.command());
            fast.againstTokens(PAPERS_RATIOS, BASE_BATCH, told);
            fast.againstBatch(0.75, BATCHES, told);
            new CostCurve(BASE, Precision.FP32, 4, folder, now.command())
                    .againstTokens(PAPERS_RATIOS, BASE_BATCH, told);
        }
        return Files.isDirectory(folder) ? ResultFile.readFolder(folder) : List.of();
    }

    /** The points of one number format and batch, those against image tokens. */
    public static List<RunResult> againstTokens(List<RunResult> points, Precision format) {
        return points.stream()
                .filter(point -> point.settings().text("precision").equals(format.label()))
                .filter(point -> point.settings().text("batch").equals(Integer.toString(BASE_BATCH)))
                .toList();
    }

    /** The points of one number format at three quarters masked, those against the batch. */
    public static List<RunResult> againstBatch(List<RunResult> points, Precision format) {
        return points.stream()
                .filter(point -> point.settings().text("precision").equals(format.label()))
                .filter(point -> point.settings().text("masking").equals("75%"))
                .toList();
    }

    /**
     * Trains CLIP, FLIP and GLIP for the same processor time and, for comparison, on the same samples: half a minute
     * each, with one seed; and in size {@code FULL} longer and with two, which is kept.
     *
     * @param progress told how far it is
     * @return the short runs
     * @throws IOException if data or files cannot be read or written
     */
    public List<RunResult> equalTime(Consumer<String> progress) throws IOException {
        List<Method> methods = List.of(Method.clip(), Method.flip(0.75), Method.glip(0.75, 0.2));
        RunProgress lines = RunProgress.lines("equal time", progress);
        Benchmark scenes = Benchmark.ofMainTests(size.scenes(
                now.data(),
                ScenesPreset.CENTRED,
                (stage, done, total) -> progress.accept(stage + ": " + done + " of " + total)));
        if (size == StudySize.FULL) {
            EqualTime longer = new EqualTime(
                    scenes,
                    Plan.forScenes(12_000, Precision.FP32),
                    LONGER_SECONDS,
                    kept.resolve("equal"),
                    now.command());
            for (int seed = 0; seed < LONGER_SEEDS; seed++) {
                longer.compare(methods, seed, lines);
            }
        }
        int tuned = size == StudySize.SMOKE ? 64 : 12_000;
        double seconds = size == StudySize.SMOKE ? 1 : 36;
        return new EqualTime(
                        scenes,
                        Plan.forScenes(tuned, precision),
                        seconds,
                        now.results().resolve("equal"),
                        now.command())
                .compare(methods, 0, lines);
    }

    /**
     * {@return the longer runs at equal time and at equal samples, that are kept; empty if there are none}
     *
     * @throws IOException if a file is damaged
     */
    public List<RunResult> longerRuns() throws IOException {
        Path folder = kept.resolve("equal");
        return Files.isDirectory(folder) ? ResultFile.readFolder(folder) : List.of();
    }

    /**
     * {@return runs at equal time and at equal samples as a table}
     *
     * @param title of the table
     * @param runs at least one
     */
    public static Table table(String title, List<RunResult> runs) {
        return ResultTables.summary(
                title, runs, List.of(EqualTime.COMPARISON, "method", "masking"), ReportColumns.equalTime());
    }

    private static String describe(RunResult point) {
        return String.format(
                Locale.ROOT,
                "%s, %s, batch %s, masking %s: %.0f ms a step",
                point.settings().text("model"),
                point.settings().text("precision"),
                point.settings().text("batch"),
                point.settings().text("masking"),
                point.value(Metric.STEP_TIME));
    }

    /** {@return number format, threads and engine} */
    @Override
    public String toString() {
        return precision.label() + " on " + Torch.threads() + " threads, " + Torch.version();
    }
}
