package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.data.Batch;
import org.glip.data.SkipCounts;
import org.glip.data.StreamPosition;
import org.glip.engine.HostCopy;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.engine.ProcessGroup;
import org.glip.model.ClipModel;
import org.glip.model.TextTower;
import org.glip.model.weights.SafetensorsFile;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: pre-training with a mask, or the unmasked tuning that follows it (the paper's training
 * recipe).
 *
 * <p>It changes its model's weights in place. It polls the thread's interrupt flag after each step, and returns when it
 * is set; of several ranks, when that of any is.
 */
final class TrainingLoop implements AutoCloseable {
    private static final double MAX_LOGIT_SCALE = Math.log(100); // of CLIP: logits are never scaled by more than 100
    private static final int LOSS_WINDOW = 50;

    private final ClipModel model;
    private final StageConfig config;
    private final ProcessGroup ranks;
    private final NDManager manager;
    private final Operators operators;
    private final AdamW optimizer;
    private final RowAdamW tokens;
    private final ContrastiveStep contrast;
    private final GradientNorm gradientNorm;

    private long step;
    private long samples;

    /** While weights are changed: what is in memory is the state after no step. */
    private volatile boolean isBetweenSteps = true;

    private StreamPosition position = StreamPosition.START;

    /** What is done after each step. */
    @FunctionalInterface
    interface AfterStep {
        void onStep(StepReport report) throws IOException;
    }

    /** Prepares a stage of a process that trains alone. */
    TrainingLoop(ClipModel model, StageConfig config) {
        this(model, config, ProcessGroup.alone());
    }

    /**
     * Prepares a stage.
     *
     * @param model its weights are changed
     * @param config settings
     * @param ranks those that train it; each takes the batches that are its share
     * @throws IllegalArgumentException where the mask does not fit the model
     */
    TrainingLoop(ClipModel model, StageConfig config, ProcessGroup ranks) {
        this(model, config, ranks, model.logitScale().getDevice().isGpu());
    }

    /** @param asOnGpu whether a step asks the device for nothing before its end, see {@link ContrastiveStep} */
    TrainingLoop(ClipModel model, StageConfig config, ProcessGroup ranks, boolean asOnGpu) {
        this.model = model;
        this.config = config;
        this.ranks = ranks;
        this.manager = model.logitScale().getManager().newSubManager();
        this.operators = Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
        this.optimizer = new AdamW(manager, operators, config.optimizer(), model.tensors());
        this.tokens = optimizer.byRows(TextTower.TOKEN_EMBEDDING, asOnGpu);
        this.gradientNorm = new GradientNorm(operators, manager);
        this.contrast = new ContrastiveStep(
                model,
                operators,
                config.mask().on(model.config().vision().grid(), config.steps()),
                config.seed(),
                config.microBatch(),
                ranks,
                manager,
                asOnGpu);
    }

    /**
     * Prepares a stage, which goes on from a checkpoint if there is one, as {@link #resume} says.
     *
     * @throws IOException where its files cannot be read
     */
    static TrainingLoop begin(ClipModel model, StageConfig config, ProcessGroup ranks, Optional<Checkpoint> checkpoint)
            throws IOException {
        TrainingLoop loop = new TrainingLoop(model, config, ranks);
        if (checkpoint.isPresent()) {
            try {
                loop.resume(checkpoint.get());
            } catch (IOException | RuntimeException e) {
                loop.close();
                throw e;
            }
        }
        return loop;
    }

    /**
     * Goes on from a checkpoint; the model must have been loaded from it, and {@link ResumedSettings}
     * have looked at it.
     *
     * @param checkpoint of this stage
     * @throws IOException where its files cannot be read
     */
    void resume(Checkpoint checkpoint) throws IOException {
        try (SafetensorsFile file = checkpoint.optimizer()) {
            for (Map.Entry<String, NDArray> state : optimizer.state().entrySet()) {
                try (NDArray stored =
                        file.tensor(manager, state.getKey(), state.getValue().getShape())) {
                    operators.copy(state.getValue(), stored);
                }
            }
        }
        goOnFrom(checkpoint.step(), checkpoint.samples(), checkpoint.position());
    }

    /** Takes weights and optimiser's state for those after some steps. */
    void goOnFrom(long stepsDone, long samplesSeen, StreamPosition place) {
        tokens.resume();
        step = stepsDone;
        samples = samplesSeen;
        position = place;
    }

    /**
     * Trains until the steps are done, the data end, or the thread is interrupted: each step takes the gradients of the
     * contrastive loss under fresh masks, lets AdamW follow them, and clamps the logit scale.
     *
     * @param batches pairs, from the position where the stage stands
     * @param after told after each step
     * @return how it ended; the processor time is the caller's to fill in
     * @throws IOException where {@code after} cannot write
     * @throws DivergedException where the loss is no number any more
     */
    StageResult run(Iterator<Batch> batches, AfterStep after) throws IOException {
        return run(batches, new StageClock(config, ValidationTimes.never()), after);
    }

    /**
     * The same, with a look at the model now and then: it changes no step, and its time does not count.
     *
     * @param clock of this run, with its validation
     * @throws IOException where the validation cannot read, too
     */
    StageResult run(Iterator<Batch> batches, StageClock clock, AfterStep after) throws IOException {
        LearningRateSchedule schedule = config.schedule();
        Deque<Double> losses = new ArrayDeque<>();
        clock.begin(step, samples);
        AgreedBatches agreed = new AgreedBatches(
                batches, ranks, model.text(), model.config().text().vocabularySize(), manager);
        while (step < config.steps()) {
            Optional<AgreedBatches.Next> next = clock.awaiting(agreed::next);
            if (next.isEmpty()) {
                break;
            }
            double learningRate = schedule.at(step);
            Learner learner = new Learner(learningRate);
            double loss = clock.computing(() -> step(next.get(), learner));
            clock.stepDone(samples);
            losses.addLast(loss);
            if (losses.size() > LOSS_WINDOW) {
                losses.removeFirst();
            }
            StepReport report = report(next.get().bad(), loss, learner, clock);
            if (clock.validation().isDue(step, config.steps())) {
                try {
                    report = validated(report, clock);
                } catch (IOException | RuntimeException | Error e) {
                    after.onStep(report); // the step is done
                    throw e;
                }
            }
            after.onStep(report);
        }
        tokens.settle();
        double mean = losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        return new StageResult(
                step,
                samples,
                mean,
                clock.seconds(),
                clock.computingSeconds(),
                Optional.empty(),
                agreed.isInterrupted());
    }

    /** Takes a step, and returns the loss before it. */
    private double step(AgreedBatches.Next next, Learner learner) {
        Batch batch = next.batch();
        double loss = contrast.run(batch, next.captions(), step, learner);
        step++;
        samples += (long) ranks.size() * batch.size();
        position = batch.end();
        isBetweenSteps = true;
        return loss;
    }

    /** Lets AdamW follow the gradients of a step. */
    private final class Learner implements ContrastiveStep.Learner {
        private final double learningRate;
        private @Nullable NDArray unsound;
        private float logitScale;
        private double norm;

        Learner(double learningRate) {
            this.learningRate = learningRate;
        }

        @Override
        public void begin(NDArray loss) {
            unsound = operators.call("unsound", false, loss);
        }

        @Override
        public NDArray tokenRows(int[] rows, NDManager pass) {
            isBetweenSteps = false;
            NDArray values = tokens.rows(rows, pass);
            isBetweenSteps = true; // what was put off is made up for, no more
            return values;
        }

        @Override
        public void learn(Map<String, NDArray> gradients) {
            isBetweenSteps = false;
            gradientNorm.add(gradients.values());
            optimizer.step(learningRate, gradients, unsound);
        }

        @Override
        public void learnTokenRows(int[] rows, NDArray gradient) {
            isBetweenSteps = false;
            gradientNorm.add(List.of(gradient));
            tokens.step(learningRate, rows, gradient, unsound);
        }

        /** Loss, logit scale and the norm of the gradients in one reading. */
        @Override
        public float end(NDArray loss) {
            operators.clamp(model.logitScale(), 0, MAX_LOGIT_SCALE);
            List<NDArray> parts = gradientNorm.drain();
            List<NDArray> numbers = new ArrayList<>(List.of(loss, model.logitScale()));
            numbers.addAll(parts);
            try (NDArray all = operators.together(numbers, manager)) {
                float[] read = HostCopy.floats(all);
                parts.forEach(NDArray::close);
                logitScale = read[1];
                norm = GradientNorm.of(Arrays.copyOfRange(read, 2, read.length));
                isBetweenSteps |= !Float.isFinite(read[0]); // then nothing was changed
                return read[0];
            }
        }
    }

    private StepReport report(long bad, double loss, Learner learner, StageClock clock) {
        return new StepReport(
                step,
                config.steps(),
                samples,
                loss,
                learner.learningRate,
                Math.exp(learner.logitScale),
                learner.norm,
                clock.samplesPerSecond(),
                clock.dataWait(),
                bad,
                clock.secondsLeft(),
                Optional.empty());
    }

    /** The report of a step with what the validation finds after it. */
    private StepReport validated(StepReport report, StageClock clock) throws IOException {
        double seconds = clock.seconds();
        Optional<Map<String, Double>> figures = clock.validation().measure(model());
        return report.with(figures.map(found -> new ValidationReport(samples, seconds, found)), clock.secondsLeft());
    }

    ClipModel model() {
        tokens.settle();
        return model;
    }

    StageConfig config() {
        return config;
    }

    /** Steps done so far. */
    long step() {
        return step;
    }

    /** Pairs seen so far. */
    long samples() {
        return samples;
    }

    /** Whether what is in memory is the state after {@link #step} steps, and not amid one that something broke off. */
    boolean isBetweenSteps() {
        return isBetweenSteps;
    }

    /**
     * Requires weights and optimiser's state of which all are numbers; others are no state to go on from.
     *
     * @throws DivergedException where one is infinite or no number; the first tensor is named
     */
    void requireFinite() {
        Map<String, NDArray> all = new LinkedHashMap<>(model().tensors());
        all.putAll(optimizer.state());
        all.forEach((name, tensor) -> {
            try (NDArray most = tensor.max();
                    NDArray least = tensor.min()) {
                if (!Float.isFinite(HostCopy.number(most)) || !Float.isFinite(HostCopy.number(least))) {
                    throw new DivergedException("after step " + step + ", " + name
                            + " holds infinite numbers or none: lower the learning rate or lengthen the warm-up");
                }
            }
        });
    }

    /** Where in the stream of samples the stage stands. */
    StreamPosition position() {
        return position;
    }

    /** Lets the place tell of what all ranks have left out, until the next step. */
    void tellSkipped(SkipCounts all) {
        position = position.with(all);
    }

    /** The optimiser's state by name; owned by the loop. */
    Map<String, NDArray> optimizerState() {
        return optimizer.state();
    }

    /** The settings, as a checkpoint tells them. */
    JsonObject configuration() {
        return new Gson().toJsonTree(config).getAsJsonObject();
    }

    /** Frees the optimiser's state; the model stays. */
    @Override
    public void close() {
        contrast.close();
        optimizer.close();
        operators.close();
        manager.close();
    }
}
