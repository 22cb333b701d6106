package org.glip.train;

import ai.djl.ndarray.NDManager;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import org.glip.data.Batch;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ForwardCost;

/**
 * Times whole training steps: both towers, loss, backward pass, optimiser. Loading data is left out as far as the batches given are
 * ready when asked for.
 *
 * @param model the model, made with new weights
 * @param config settings; {@code config.steps()} counts warm-up steps too
 * @param warmupSteps steps at the start that are not timed
 * @param execution how the model computes
 */
public record StepBenchmark(ClipConfig model, TrainConfig config, int warmupSteps, Execution execution) {
    /** Checks that steps are left to be timed. */
    public StepBenchmark {
        if (warmupSteps < 0 || warmupSteps >= config.steps()) {
            throw new IllegalArgumentException("there must be at least 0 warm-up steps and 1 timed step, not "
                    + warmupSteps + " and " + (config.steps() - warmupSteps));
        }
    }

    /**
     * What was measured, a number for each timed step.
     *
     * @param wallSeconds time that passed
     * @param cpuSeconds processor time of the whole process, all threads together
     * @param matrixFlop floating-point operations of the step's matrix products, by {@link ForwardCost}
     */
    public record Timings(double[] wallSeconds, double[] cpuSeconds, double[] matrixFlop) {
        /** The median of the wall times: what a step takes when nothing disturbs it. */
        public double medianWallSeconds() {
            return median(wallSeconds);
        }

        /** The median of the processor times. */
        public double medianCpuSeconds() {
            return median(cpuSeconds);
        }

        /** The median of the matrix products' operations; they differ with the length of captions. */
        public double medianMatrixFlop() {
            return median(matrixFlop);
        }

        private static double median(double[] numbers) {
            double[] sorted = numbers.clone();
            Arrays.sort(sorted);
            int half = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
        }
    }

    /**
     * Runs the steps.
     *
     * @param batches of the configuration's size
     * @return the times
     * @throws IOException never for batches in memory; the training loop declares it
     */
    public Timings run(Iterator<Batch> batches) throws IOException {
        Clock clock = new Clock((int) config.steps());
        CountedBatches work = new CountedBatches(batches);
        Provenance nothingIsKept = new Provenance("", "", Map.of(), Map.of(), "");
        try (NDManager manager = Torch.newManager();
                ClipModel clip = ClipModel.create(model, config.seed(), manager);
                Trainer trainer = new Trainer(clip, config, null, nothingIsKept)) {
            clip.use(execution);
            clock.mark();
            trainer.run(work, report -> clock.mark());
        }
        return clock.timings(warmupSteps, work.flop);
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
