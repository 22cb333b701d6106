package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.glip.engine.Torch;
import org.glip.model.ClipModel;
import org.glip.train.StepReport;

/** How fast a method trains, in processor time of the whole process: loading and decoding, towers, optimiser. */
final class TrainingSpeed implements RunProgress {
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
    static double samplesPerCpuSecond(ScenesRun run, int warmUpSteps) throws IOException {
        TrainingSpeed speed = new TrainingSpeed(warmUpSteps);
        Path folder = Files.createTempDirectory("glip-speed");
        try (NDManager manager = Torch.newManager();
                ClipModel model =
                        ClipModel.create(run.method().pretrained(run.plan().model()), run.seed(), manager)) {
            new TrainingStage(run, speed).pretrain(model, folder);
        } finally {
            ScenesTraining.delete(folder);
        }
        return speed.samplesPerSecond;
    }

    @Override
    public void onStep(String stage, StepReport report) {
        long now = system.getProcessCpuTime();
        if (before.isPresent()) {
            samplesPerSecond = (report.samples() - samplesBefore) / ((now - before.getAsLong()) / 1e9);
        } else if (report.step() >= warmUpSteps) {
            before = OptionalLong.of(now);
            samplesBefore = report.samples();
        }
    }
}
