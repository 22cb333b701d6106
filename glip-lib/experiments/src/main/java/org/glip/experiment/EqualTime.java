package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.apache.commons.io.file.PathUtils;
import org.glip.engine.Devices;
import org.glip.files.Uninterrupted;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;

/**
 * Compares methods at equal time: each pre-trains for the same processor time, on as many samples as it gets through in
 * that time, so that its learning rate still ends at zero. Beside it stands the comparison at equal samples, those of
 * the fastest method. The unmasked tuning is the same for all.
 *
 * <p>Time is processor time of the whole process, since other work on the machine changes it little; on a GPU it is that
 * of the clock. How many samples
 * fit is measured by short runs. Methods that keep the same number of image tokens do the same work and get the same
 * number of samples. What each run took in the end is its metric {@link Metric#TRAINING_CPU_SECONDS}.
 */
public final class EqualTime {
    /** The label that tells the two comparisons apart. */
    public static final String COMPARISON = "compared at";

    /** The comparison at equal processor time, under that label. */
    public static final String TIME = "equal time";

    /** The comparison at equal samples, under that label. */
    public static final String SAMPLES = "equal samples";

    /** The label that says how long each pre-training takes. */
    static final String CPU_SECONDS = "pre-training CPU seconds";

    /** The same on a GPU. */
    static final String SECONDS = "pre-training seconds";

    private static final int WARM_UP_STEPS = 8;
    private static final int TIMED_STEPS = 24;

    private final Benchmark benchmark;
    private final SamplePlan plan;
    private final double cpuSeconds;
    private final Path results;
    private final String command;
    private final Map<Integer, Integer> samplesByTokens = new HashMap<>();

    /**
     * Prepares the comparison.
     *
     * @param benchmark what is trained and tested on
     * @param plan how to train; its samples of the pre-training are not used
     * @param cpuSeconds processor time of each pre-training, on a GPU time by the clock; positive
     * @param results folder of the result files; what is there is not done again
     * @param command what a person types to run this, for the provenance
     */
    public EqualTime(Benchmark benchmark, SamplePlan plan, double cpuSeconds, Path results, String command) {
        if (!(cpuSeconds > 0)) {
            throw new IllegalArgumentException("a pre-training needs positive processor time, not " + cpuSeconds);
        }
        this.benchmark = benchmark;
        this.plan = plan;
        this.cpuSeconds = cpuSeconds;
        this.results = results;
        this.command = command;
    }

    /**
     * Trains and evaluates all methods both ways.
     *
     * @param methods how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step of training
     * @return the results at equal time in the order of the methods, then those at equal samples; metrics are those of
     *     a {@link Comparison} and {@code samples}
     * @throws IOException if data or a result file cannot be read or written
     * @throws CancellationException if the thread is interrupted
     */
    public List<RunResult> compare(List<Method> methods, long seed, RunProgress progress) throws IOException {
        List<RunResult> all = new ArrayList<>();
        for (Method method : methods) {
            all.add(atEqualTime(method, seed, progress));
        }
        List<RunResult> atTime = List.copyOf(all);
        int most = atTime.stream().mapToInt(EqualTime::samples).max().orElse(0);
        for (int i = 0; i < methods.size(); i++) {
            all.add(atEqualSamples(methods.get(i), atTime.get(i), most, seed, progress));
        }
        return all;
    }

    private static int samples(RunResult result) {
        return (int) Math.round(result.find(Metric.SAMPLES).orElse(0.0));
    }

    private RunResult atEqualTime(Method method, long seed, RunProgress progress) throws IOException {
        Path file = file(TIME, method, seed);
        return Files.exists(file)
                ? finished(file, settings(TIME, method, seed))
                : train(TIME, method, samplesInTime(method), seed, progress);
    }

    /** The same run as at equal time where that has as many samples already. */
    private RunResult atEqualSamples(Method method, RunResult atTime, int samples, long seed, RunProgress progress)
            throws IOException {
        Path file = file(SAMPLES, method, seed);
        if (Files.exists(file)) {
            return finished(file, settings(SAMPLES, method, seed));
        }
        if (samples(atTime) != samples) {
            return train(SAMPLES, method, samples, seed, progress);
        }
        return keep(SAMPLES, method, seed, atTime);
    }

    private RunResult finished(Path file, RunSettings expected) throws IOException {
        RunResult result = ResultFile.read(file);
        if (!result.settings().equals(expected) || !result.provenance().data().equals(benchmark.describe())) {
            throw new IOException(
                    file + " holds another run, with " + result.settings() + "; delete it, or choose another folder");
        }
        return result;
    }

    /** How many samples a method trains on in its time, in whole batches. */
    private int samplesInTime(Method method) throws IOException {
        int tokens = method.imageTokens(plan.model());
        Integer known = samplesByTokens.get(tokens);
        if (known == null) {
            Run run = new Run(benchmark, plan.withSamples((WARM_UP_STEPS + TIMED_STEPS) * plan.batchSize()), method, 0);
            double speed = TrainingSpeed.samplesPerSecondOfWork(run, WARM_UP_STEPS);
            if (!(speed > 0 && Double.isFinite(speed))) {
                throw new IllegalStateException("this system does not tell the processor time of a program");
            }
            known = Math.max(1, (int) (speed * cpuSeconds / plan.batchSize())) * plan.batchSize();
            samplesByTokens.put(tokens, known);
        }
        return known;
    }

    private RunResult train(String comparison, Method method, int samples, long seed, RunProgress progress)
            throws IOException {
        Path models = Files.createTempDirectory("glip-equal-time");
        try {
            Comparison runs = new Comparison(benchmark, plan.withSamples(samples), results, models, command);
            RunResult found = runs.outcome(method, seed, progress).result();
            Map<String, Double> metrics = new LinkedHashMap<>(found.metrics());
            metrics.put(Metric.SAMPLES.name(), (double) samples);
            return keep(
                    comparison,
                    method,
                    seed,
                    new RunResult(found.settings(), metrics, found.hits(), found.provenance()));
        } finally {
            PathUtils.delete(models);
        }
    }

    /** Writes the result file of a run, labelled by the comparison that it belongs to. */
    private RunResult keep(String comparison, Method method, long seed, RunResult run) throws IOException {
        RunResult result =
                new RunResult(settings(comparison, method, seed), run.metrics(), run.hits(), run.provenance());
        Uninterrupted.run(() -> ResultFile.write(file(comparison, method, seed), result));
        return result;
    }

    private RunSettings settings(String comparison, Method method, long seed) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(COMPARISON, comparison);
        labels.put(RunSettings.PRESET, benchmark.name());
        labels.put(Devices.preferred().isGpu() ? SECONDS : CPU_SECONDS, String.format(Locale.ROOT, "%.0f", cpuSeconds));
        labels.putAll(method.labels());
        return new RunSettings(method.name().toString(), method.mask(), seed, labels);
    }

    private Path file(String comparison, Method method, long seed) {
        return results.resolve(comparison.replace(' ', '-') + "-" + method.name() + "-"
                + method.imageTokens(plan.model()) + "tokens-seed" + seed + ".json");
    }
}
