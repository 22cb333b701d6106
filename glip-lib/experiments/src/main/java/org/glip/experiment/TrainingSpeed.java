package org.glip.experiment;

import ai.djl.Device;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.glip.data.SampleSource;
import org.glip.engine.Devices;
import org.glip.train.Pretraining;
import org.glip.train.StageConfig;
import org.glip.train.StageResult;
import org.glip.train.StepReport;

/** How fast a method trains: loading and decoding, towers, optimiser. */
final class TrainingSpeed implements Consumer<StepReport> {
    private final LongSupplier nanos;
    private final int warmUpSteps;
    private OptionalLong before = OptionalLong.empty();
    private long samplesBefore;
    private double samplesPerSecond;

    /** @param nanos the clock */
    private TrainingSpeed(LongSupplier nanos, int warmUpSteps) {
        this.nanos = nanos;
        this.warmUpSteps = warmUpSteps;
    }

    /**
     * Trains for the run's samples, keeps nothing, and times what comes after the first steps.
     *
     * @param run a short run
     * @param warmUpSteps steps at the start that are not timed; fewer than the run has
     * @return samples a second of processor time of the whole process; on a GPU, which that tells nothing of, by the
     *     clock on the wall
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    static double samplesPerSecondOfWork(Run run, int warmUpSteps) throws IOException {
        return samplesPerSecond(run, new TrainingSpeed(clock(Devices.preferred()), warmUpSteps), report -> {});
    }

    /** What tells the work that a device does; a step ends when it is done. */
    static LongSupplier clock(Device device) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return device.isGpu() ? System::nanoTime : system::getProcessCpuTime;
    }

    /**
     * The same by the clock on the wall.
     *
     * @param run a short run
     * @param warmUpSteps steps at the start that are not timed; fewer than the run has
     * @param progress told after each step
     * @return samples a second
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    static double samplesPerSecond(Run run, int warmUpSteps, RunProgress progress) throws IOException {
        Consumer<StepReport> listener = report -> progress.onStep(Stage.PRETRAINING, report);
        return samplesPerSecond(run, new TrainingSpeed(System::nanoTime, warmUpSteps), listener);
    }

    private static double samplesPerSecond(Run run, TrainingSpeed speed, Consumer<StepReport> listener)
            throws IOException {
        SampleSource pairs = run.benchmark().pairs();
        StageConfig config = run.stages(pairs).get(Stage.PRETRAINING);
        StageResult result = Pretraining.builder()
                .setModel(run.model(Stage.PRETRAINING))
                .setConfig(config)
                .build()
                .run(run.data(Stage.PRETRAINING, config, pairs), speed.andThen(listener));
        if (result.interrupted()) {
            throw new CancellationException("the measurement of speed was interrupted");
        }
        return speed.samplesPerSecond;
    }

    @Override
    public void accept(StepReport report) {
        long now = nanos.getAsLong();
        if (before.isPresent()) {
            samplesPerSecond = (report.samples() - samplesBefore) / ((now - before.getAsLong()) / 1e9);
        } else if (report.step() >= warmUpSteps) {
            before = OptionalLong.of(now);
            samplesBefore = report.samples();
        }
    }
}
