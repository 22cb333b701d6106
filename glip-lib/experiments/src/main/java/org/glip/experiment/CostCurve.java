package org.glip.experiment;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.glip.engine.Precision;
import org.glip.engine.Torch;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ForwardCost;
import org.glip.results.MethodName;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.train.Provenance;

/**
 * How the cost of a training step grows with the image tokens that are kept and with the batch, beside the
 * multiply-accumulates that it takes; and whether a centred mask costs more than a random one. Each point is measured
 * in a process of its own, so that its peak of memory is its own; it has a result file, and is not measured again while
 * that is there.
 */
public final class CostCurve {
    private static final double SIGMA = 0.2;
    private static final String DATA = "noise with captions of 8 to 20 words";

    private final String model;
    private final ClipConfig config;
    private final Precision precision;
    private final int steps;
    private final Path results;
    private final String command;

    /**
     * Prepares to measure.
     *
     * @param model a preset's name or the path of open_clip's JSON
     * @param precision number format of matrix products; where the machine lacks it, float32 is measured
     * @param steps steps that are timed at each point, after one that is not; at least 1
     * @param results folder of the result files
     * @param command what a person types to run this, for the provenance
     * @throws IOException if the model's file cannot be read
     */
    public CostCurve(String model, Precision precision, int steps, Path results, String command) throws IOException {
        if (steps < 1) {
            throw new IllegalArgumentException("there must be at least 1 step to time, not " + steps);
        }
        this.model = model;
        this.config = ClipConfig.resolve(model);
        this.precision = Torch.supported(precision);
        this.steps = steps;
        this.results = results;
        this.command = command;
    }

    /**
     * Measures against image tokens.
     *
     * @param ratios shares of patches that a centred mask hides; 0 is no mask
     * @param batch pairs of a step, at least 2
     * @param progress told each point
     * @return the points, in the order of the ratios
     * @throws IOException if a process fails, or a result file cannot be read or written
     */
    public List<RunResult> againstTokens(double[] ratios, int batch, Consumer<RunResult> progress) throws IOException {
        List<RunResult> points = new ArrayList<>();
        for (double ratio : ratios) {
            points.add(point(masked(ratio), batch));
            progress.accept(points.get(points.size() - 1));
        }
        return points;
    }

    /**
     * Measures against the batch.
     *
     * @param ratio share of patches that a centred mask hides; 0 is no mask
     * @param batches pairs of a step, each at least 2
     * @param progress told each point
     * @return the points, in the order of the batches
     * @throws IOException if a process fails, or a result file cannot be read or written
     */
    public List<RunResult> againstBatch(double ratio, int[] batches, Consumer<RunResult> progress) throws IOException {
        List<RunResult> points = new ArrayList<>();
        for (int batch : batches) {
            points.add(point(masked(ratio), batch));
            progress.accept(points.get(points.size() - 1));
        }
        return points;
    }

    /**
     * Times the random and the centred mask in turns, the first of a turn the second of the next, so that a machine
     * that slows down or has other work is unfair to neither.
     *
     * @param ratios shares of patches that are hidden, each above 0
     * @param batch pairs of a step, at least 2
     * @param turns how often
     * @param progress told each measurement
     * @return the measurements, FLIP's and GLIP's, with the turn as their seed
     * @throws IOException if a process fails, or a result file cannot be read or written
     */
    public List<RunResult> inTurns(double[] ratios, int batch, int turns, Consumer<RunResult> progress)
            throws IOException {
        List<RunResult> points = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            for (double ratio : ratios) {
                List<Method> methods = new ArrayList<>(List.of(Method.flip(ratio), Method.glip(ratio, SIGMA)));
                if (turn % 2 == 1) {
                    Collections.reverse(methods);
                }
                for (Method method : methods) {
                    points.add(point(method.name(), method.mask(), batch, turn, "-" + method.name() + "-turn" + turn));
                    progress.accept(points.get(points.size() - 1));
                }
            }
        }
        return points;
    }

    private static Mask masked(double ratio) {
        return ratio == 0 ? Mask.none() : Mask.gaussian(ratio, SIGMA);
    }

    private RunResult point(Mask mask, int batch) throws IOException {
        return point(MethodName.of(mask), mask, batch, 0, "");
    }

    private RunResult point(MethodName method, Mask mask, int batch, int turn, String suffix) throws IOException {
        int kept = mask.on(config.vision().grid()).kept();
        String name = model.replaceAll(".*/|\\.json$", "");
        RunSettings settings = new RunSettings(
                method.toString(),
                mask,
                turn,
                Map.of("model", name, "precision", precision.label(), "batch", Integer.toString(batch)));
        Path file = results.resolve(
                String.join("-", "cost", name, precision.label(), "batch" + batch, "kept" + kept) + suffix + ".json");
        Optional<RunResult> done = ResultFile.readIfDone(file, settings, DATA, configuration());
        if (done.isPresent()) {
            return done.get();
        }
        JsonObject measured = BenchProcess.run(model, precision, mask, batch, steps);
        RunResult result = new RunResult(
                settings, metrics(measured, 1 + kept, batch), Provenance.here(command, DATA, configuration()));
        ResultFile.write(file, result);
        return result;
    }

    private Map<String, String> configuration() {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("model", config.toJson().replaceAll("\\s+", ""));
        configuration.put("precision", precision.label());
        configuration.put("steps", Integer.toString(steps));
        return configuration;
    }

    private Map<String, Double> metrics(JsonObject measured, int imageTokens, int batch) {
        Findings findings = new Findings();
        findings.add(Metric.IMAGE_TOKENS, imageTokens);
        findings.add(Metric.BATCH_SIZE, batch);
        findings.add(Metric.STEP_TIME, 1e3 * BenchProcess.median(measured, "wall_seconds"));
        findings.add(Metric.STEP_CPU_TIME, 1e3 * BenchProcess.median(measured, "cpu_seconds"));
        findings.add(
                Metric.SAMPLES_PER_SECOND, measured.get("samples_per_second").getAsDouble());
        if (!measured.get("peak_rss_bytes").isJsonNull()) {
            findings.add(Metric.PEAK_MEMORY, measured.get("peak_rss_bytes").getAsDouble() / (1 << 20));
        }
        findings.add(Metric.STEP_GFLOP, measured.get("matrix_gflop").getAsDouble());
        ForwardCost paper = ForwardCost.plain(config, imageTokens, config.text().contextLength());
        findings.add(Metric.PAPER_GFLOP, batch * paper.trainingFlop() / 1e9);
        findings.add(Metric.MACHINE_RATE, measured.get("machine_gflops").getAsDouble());
        findings.add(Metric.MATRIX_SHARE, measured.get("matrix_share").getAsDouble());
        return findings.metrics();
    }
}
