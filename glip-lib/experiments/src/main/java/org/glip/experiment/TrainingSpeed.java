package org.glip.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.glip.data.SampleSource;
import org.glip.train.Pretraining;
import org.glip.train.StageConfig;
import org.glip.train.StepReport;

/** How fast a method trains, in processor time of the whole process: loading and decoding, towers, optimiser. */
final class TrainingSpeed implements Consumer<StepReport> {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final int warmUpSteps;
    private OptionalLong before = OptionalLong.empty();
    private long samplesBefore;
    private double samplesPerSecond;

    private TrainingSpeed(int warmUpSteps) {
        this.warmUpSteps = warmUpSteps;
    }

    /**
     * Trains for the run's samples, keeps nothing, and times what comes after the first steps.
     *
     * @param run a short run
     * @param warmUpSteps steps at the start that are not timed; fewer than the run has
     * @return samples a second of processor time
     */
    static double samplesPerCpuSecond(Run run, int warmUpSteps) throws IOException {
        TrainingSpeed speed = new TrainingSpeed(warmUpSteps);
        SampleSource pairs = run.benchmark().pairs();
        StageConfig config = run.stages(pairs).get(Stage.PRETRAINING);
        Pretraining.builder()
                .setModel(run.model(Stage.PRETRAINING))
                .setConfig(config)
                .build()
                .run(run.data(Stage.PRETRAINING, config, pairs), speed);
        return speed.samplesPerSecond;
    }

    @Override
    public void accept(StepReport report) {
        long now = system.getProcessCpuTime();
        if (before.isPresent()) {
            samplesPerSecond = (report.samples() - samplesBefore) / ((now - before.getAsLong()) / 1e9);
        } else if (report.step() >= warmUpSteps) {
            before = OptionalLong.of(now);
            samplesBefore = report.samples();
        }
    }
}
