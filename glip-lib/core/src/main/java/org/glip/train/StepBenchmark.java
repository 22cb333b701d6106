package org.glip.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Median;
import org.glip.data.Batch;
import org.glip.engine.Devices;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ForwardCost;

/**
 * Times whole training steps: both towers, loss, backward pass, optimiser. Loading data is left out as far as the
 * batches given are ready when asked for.
 *
 * @param model the model, made with new weights
 * @param config settings; {@code config.steps()} counts warm-up steps too
 * @param warmupSteps steps at the start that are not timed
 * @param execution how the model computes
 * @param device where it computes. Each step ends when its loss is read, so on a GPU all that it queued is done by then
 */
public record StepBenchmark(ClipConfig model, StageConfig config, int warmupSteps, Execution execution, Device device) {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String PEAK = "VmHWM:";

    /** Checks that steps are left to be timed. */
    public StepBenchmark {
        if (warmupSteps < 0 || warmupSteps >= config.steps()) {
            throw new IllegalArgumentException("there must be at least 0 warm-up steps and 1 timed step, not "
                    + warmupSteps + " and " + (config.steps() - warmupSteps));
        }
    }

    /**
     * On the engine's preferred device.
     *
     * @param model the model
     * @param config settings
     * @param warmupSteps steps that are not timed
     * @param execution how the model computes
     */
    public StepBenchmark(ClipConfig model, StageConfig config, int warmupSteps, Execution execution) {
        this(model, config, warmupSteps, execution, Devices.preferred());
    }

    /**
     * What was measured, a number for each timed step.
     *
     * @param wallSeconds time that passed
     * @param cpuSeconds processor time of the whole process, all threads together; a GPU's work is no part of it
     * @param matrixFlop floating-point operations of the step's matrix products, by {@link ForwardCost}
     */
    public record Timings(double[] wallSeconds, double[] cpuSeconds, double[] matrixFlop) {
        /** {@return the median of the wall times: what a step takes when nothing disturbs it} */
        public double medianWallSeconds() {
            return Median.withDefaults().evaluate(wallSeconds);
        }

        /** {@return the median of the processor times} */
        public double medianCpuSeconds() {
            return Median.withDefaults().evaluate(cpuSeconds);
        }

        /** {@return the median of the matrix products' operations; they differ with the length of captions} */
        public double medianMatrixFlop() {
            return Median.withDefaults().evaluate(matrixFlop);
        }
    }

    /**
     * Runs the steps.
     *
     * @param batches of the configuration's size
     * @return the times
     * @throws CancellationException if the thread is interrupted; its flag stays set
     * @throws IOException never for batches in memory; the training loop declares it
     */
    public Timings run(Iterator<Batch> batches) throws IOException {
        return run(batches, report -> {});
    }

    /**
     * Runs the steps.
     *
     * @param batches of the configuration's size
     * @param listener told after each step, on the training thread, within the time that is measured
     * @return the times
     * @throws CancellationException if the thread is interrupted; its flag stays set
     * @throws IOException never for batches in memory; the training loop declares it
     */
    public Timings run(Iterator<Batch> batches, Consumer<StepReport> listener) throws IOException {
        Clock clock = new Clock((int) config.steps());
        CountedBatches work = new CountedBatches(batches);
        try (NDManager manager = Torch.newManager(device);
                ClipModel clip = ClipModel.create(model, config.seed(), manager);
                TrainingLoop loop = new TrainingLoop(clip, config)) {
            clip.use(execution);
            clock.mark();
            StageResult result = loop.run(work, report -> {
                clock.mark();
                listener.accept(report);
            });
            if (result.interrupted()) {
                throw new CancellationException("the measurement of a step was interrupted");
            }
        }
        return clock.timings(warmupSteps, work.flop);
    }

    /**
     * Runs the steps and tells what was measured, with the settings, the machine's own rate and the most memory that
     * this process has held: what {@code glip bench} prints.
     *
     * @param name what the model is called in it
     * @param batches of the configuration's size
     * @return the measurement; {@code peak_rss_bytes} is the host's memory, null where the system does not tell it, and
     *     {@code device_memory_bytes} what is in use on a GPU after the steps, null for a CPU
     * @throws IOException where the system's own figures cannot be read
     */
    public JsonObject measure(String name, Iterator<Batch> batches) throws IOException {
        return measure(name, batches, report -> {});
    }

    /**
     * The same, and tells of each step.
     *
     * @param name what the model is called in the measurement
     * @param batches of the configuration's size
     * @param listener told after each step, on the training thread, within the time of the next one
     * @return the measurement
     * @throws IOException where the system's own figures cannot be read
     */
    public JsonObject measure(String name, Iterator<Batch> batches, Consumer<StepReport> listener) throws IOException {
        Timings timings = run(batches, listener);
        OptionalLong deviceMemory = Devices.memoryInUse(device); // before more products are timed there
        double gflop = timings.medianMatrixFlop() / 1e9;
        double rate = machineRate();
        Gson gson = new Gson();
        JsonObject json = new JsonObject();
        json.add("wall_seconds", gson.toJsonTree(timings.wallSeconds()));
        json.add("cpu_seconds", gson.toJsonTree(timings.cpuSeconds()));
        json.addProperty("samples_per_second", config.batchSize() / timings.medianWallSeconds());
        json.add("peak_rss_bytes", peakMemory());
        json.add(
                "device_memory_bytes",
                deviceMemory.isPresent() ? new JsonPrimitive(deviceMemory.getAsLong()) : JsonNull.INSTANCE);
        json.addProperty("matrix_gflop", gflop);
        json.addProperty("machine_gflops", rate);
        json.addProperty("matrix_share", gflop / timings.medianWallSeconds() / rate);
        json.addProperty("model", name);
        json.addProperty("batch", config.batchSize());
        json.addProperty("mask", config.mask().toString());
        json.addProperty("kept", config.mask().on(model.vision().grid()).kept());
        json.addProperty("precision", execution.precision().label());
        json.addProperty("tf32", Devices.hasTf32(device));
        json.addProperty("device", Devices.describe(device));
        json.addProperty("route", execution.route().label());
        json.addProperty("threads", Torch.threads());
        json.addProperty("engine", Torch.version());
        return json;
    }

    private double machineRate() {
        try (NDManager manager = Torch.newManager(device)) {
            return execution
                    .route()
                    .gflops(manager, execution.precision(), model.vision().width());
        }
    }

    /** The most memory this process has held, as Linux tells it; null elsewhere. */
    private static JsonElement peakMemory() throws IOException {
        if (!Files.exists(STATUS)) {
            return JsonNull.INSTANCE;
        }
        return Files.readAllLines(STATUS).stream()
                .filter(line -> line.startsWith(PEAK))
                .findFirst()
                .<JsonElement>map(line -> new JsonPrimitive(1024 * Long.parseLong(line.replaceAll("\\D", ""))))
                .orElse(JsonNull.INSTANCE);
    }

    /** Counts the work of the batches that pass. */
    private final class CountedBatches implements Iterator<Batch> {
        private final Iterator<Batch> batches;
        private final int imageTokens =
                1 + config.mask().on(model.vision().grid()).kept();
        private final double[] flop = new double[(int) config.steps()];
        private int passed;

        CountedBatches(Iterator<Batch> batches) {
            this.batches = batches;
        }

        @Override
        public boolean hasNext() {
            return batches.hasNext();
        }

        @Override
        public Batch next() {
            Batch batch = batches.next();
            flop[passed++] =
                    ForwardCost.computed(model, imageTokens, batch.tokens()).trainingFlop();
            return batch;
        }
    }

    /** Readings of both clocks: at the start and at the end of each step. */
    private static final class Clock {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final long[] wall;
        private final long[] cpu;
        private int marks;

        Clock(int steps) {
            wall = new long[steps + 1];
            cpu = new long[steps + 1];
        }

        void mark() {
            wall[marks] = System.nanoTime();
            cpu[marks] = system.getProcessCpuTime();
            marks++;
        }

        Timings timings(int from, double[] flop) {
            return new Timings(
                    differences(wall, from), differences(cpu, from), Arrays.copyOfRange(flop, from, marks - 1));
        }

        private double[] differences(long[] nanos, int from) {
            double[] seconds = new double[marks - 1 - from];
            for (int i = 0; i < seconds.length; i++) {
                seconds[i] = (nanos[from + i + 1] - nanos[from + i]) / 1e9;
            }
            return seconds;
        }
    }
}
