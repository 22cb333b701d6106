package org.glip.train;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.glip.data.Batch;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.OperatorSettings;
import org.glip.engine.Operators;
import org.glip.engine.Precision;
import org.glip.files.Uninterrupted;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.model.weights.SafetensorsFile;
import org.jspecify.annotations.Nullable;

/**
 * The training loop: pre-training with a mask, or the unmasked tuning that follows it (paper, section 3 and training recipe).
 *
 * <p>A trainer changes its model's weights in place. It polls the thread's interrupt flag after each step: when set, it writes a
 * checkpoint, sets the flag again and returns.
 */
public final class Trainer implements AutoCloseable {
    private static final double MAX_LOGIT_SCALE = Math.log(100); // of CLIP: logits are never scaled by more than 100
    private static final int LOSS_WINDOW = 50;

    private final ClipModel model;
    private final TrainConfig config;
    private final Provenance provenance;
    private final @Nullable Path folder;
    private final NDManager manager;
    private final Operators operators;
    private final AdamW optimizer;
    private final ContrastiveStep contrast;

    private long step;
    private long samples;
    private StreamPosition position = StreamPosition.START;

    /**
     * Prepares a stage.
     *
     * @param model its weights are changed
     * @param config settings
     * @param folder where {@code log.jsonl}, checkpoints and the finished model go, or null for a run that leaves nothing on disk
     * @param provenance written into every checkpoint
     * @throws IllegalArgumentException where the mask does not fit the model
     */
    public Trainer(ClipModel model, TrainConfig config, @Nullable Path folder, Provenance provenance) {
        this.model = model;
        this.config = config;
        this.folder = folder;
        this.provenance = provenance;
        this.manager = model.logitScale().getManager().newSubManager();
        this.operators = Operators.compile(manager, new OperatorSettings(1, false, Precision.FP32, MatrixRoute.LINEAR));
        this.optimizer = new AdamW(manager, operators, config.optimizer(), model.tensors());
        this.contrast = new ContrastiveStep(
                model,
                operators,
                config.mask().on(model.config().vision().grid()),
                config.seed(),
                config.microBatch(),
                manager);
    }

    /**
     * Goes on from a checkpoint; the model must have been loaded from it.
     *
     * @param checkpoint of the same configuration
     * @throws IOException where its files cannot be read
     * @throws IllegalArgumentException where the configuration differs
     */
    public void resume(Checkpoint checkpoint) throws IOException {
        JsonObject mine = configuration();
        if (!mine.equals(checkpoint.configuration())) {
            throw new IllegalArgumentException(checkpoint.folder() + " was made with other settings: "
                    + checkpoint.configuration() + ", this run has " + mine);
        }
        try (SafetensorsFile file = checkpoint.optimizer()) {
            for (Map.Entry<String, NDArray> state : optimizer.state().entrySet()) {
                try (NDArray stored =
                        file.tensor(manager, state.getKey(), state.getValue().getShape())) {
                    stored.copyTo(state.getValue());
                }
            }
        }
        step = checkpoint.step();
        samples = checkpoint.samples();
        position = checkpoint.position();
    }

    /**
     * Trains until the steps are done, the data end, or the thread is interrupted.
     *
     * @param batches pairs, from the position where the run stands
     * @param listener told after each step
     * @return how it ended
     * @throws IOException where a log or checkpoint cannot be written
     * @throws DivergedException where the loss is no number any more; the newest checkpoint is from before
     */
    public TrainResult run(Iterator<Batch> batches, TrainingListener listener) throws IOException {
        if (folder == null) {
            return loop(batches, listener);
        }
        try (RunLog log = RunLog.open(folder, step)) {
            TrainResult result = loop(batches, log.and(listener));
            checkpoint();
            if (!result.interrupted()) {
                Map<String, String> origin =
                        Map.of("provenance", provenance.toJson().toString());
                Uninterrupted.run(() -> ModelFolder.write(folder, model, origin));
            }
            return result;
        }
    }

    private TrainResult loop(Iterator<Batch> batches, TrainingListener listener) throws IOException {
        LearningRateSchedule schedule = config.schedule();
        SpeedMeter meter = new SpeedMeter(samples);
        Deque<Double> losses = new ArrayDeque<>();
        long start = System.nanoTime();
        long training = 0;
        boolean interrupted = false;
        while (step < config.steps()
                && !(interrupted = Thread.currentThread().isInterrupted())
                && !(interrupted = isInterruptedWaiting(batches))
                && batches.hasNext()) {
            Batch batch = batches.next();
            long begin = System.nanoTime();
            double learningRate = schedule.at(step);
            double loss = trainOn(batch, learningRate);
            training += System.nanoTime() - begin;
            losses.addLast(loss);
            if (losses.size() > LOSS_WINDOW) {
                losses.removeFirst();
            }
            double speed = meter.samplesPerSecond(samples);
            double left = (config.steps() - step) * (double) batch.size() / speed;
            double scale = Math.exp(model.logitScale().getFloat());
            listener.onStep(new StepReport(step, config.steps(), samples, loss, learningRate, scale, speed, left));
            if (folder != null && config.checkpointEvery() > 0 && step % config.checkpointEvery() == 0) {
                checkpoint();
            }
        }
        double mean = losses.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
        return new TrainResult(step, samples, mean, (System.nanoTime() - start) / 1e9, training / 1e9, interrupted);
    }

    /** A loader whose consumer is interrupted while it waits says so by an exception and leaves the thread's flag set. */
    private static boolean isInterruptedWaiting(Iterator<Batch> batches) {
        try {
            batches.hasNext();
            return false;
        } catch (CancellationException e) {
            if (Thread.currentThread().isInterrupted()) {
                return true;
            }
            throw e;
        }
    }

    /** One step: gradients of the contrastive loss under fresh masks, AdamW, clamp of the logit scale. */
    private double trainOn(Batch batch, double learningRate) {
        float loss = contrast.run(batch, step, manager, gradients -> optimizer.step(learningRate, gradients));
        operators.clamp(model.logitScale(), 0, MAX_LOGIT_SCALE);
        step++;
        samples += batch.size();
        position = batch.end();
        return loss;
    }

    private void checkpoint() throws IOException {
        if (folder != null) {
            Checkpoint here = new Checkpoint(folder, step, samples, position, configuration());
            Uninterrupted.run(() -> Checkpoint.write(folder, here, model, optimizer.state(), provenance));
        }
    }

    private JsonObject configuration() {
        return new Gson().toJsonTree(config).getAsJsonObject();
    }

    /** Frees the optimiser's state; the model stays. */
    @Override
    public void close() {
        optimizer.close();
        operators.close();
        manager.close();
    }
}
