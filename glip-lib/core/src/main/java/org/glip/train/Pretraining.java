package org.glip.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glip.data.BatchLoader;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Torch;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stage of training from its first step to the finished model on disk: the masked pre-training, or the unmasked tuning that
 * starts from its weights (paper, training recipe). The command line and the notebooks run this.
 *
 * @param model the model to train
 * @param weights a model, a run or a safetensors file to start from; null for new weights, drawn by {@code config.seed()}
 * @param config settings of the stage
 * @param route way of float32 matrix products
 * @param folder of the run: {@code log.jsonl}, checkpoints, and at the end the model
 * @param resume whether to go on from the newest checkpoint in the folder, if there is one
 * @param provenance written into checkpoints and model
 */
public record Pretraining(
        ClipConfig model,
        @Nullable Path weights,
        TrainConfig config,
        MatrixRoute route,
        Path folder,
        boolean resume,
        Provenance provenance) {
    private static final Logger LOGGER = LoggerFactory.getLogger(Pretraining.class);

    /** Opens the data. */
    @FunctionalInterface
    public interface Data {
        /**
         * Begins to load; the stage closes the loader.
         *
         * @param position the beginning, or where a run goes on
         * @throws IOException where the data cannot be read
         */
        BatchLoader open(StreamPosition position) throws IOException;
    }

    /**
     * Trains. If the thread is interrupted, a checkpoint is written and the result says so.
     *
     * @param data opens the pairs, in batches of the configuration's size and for the model's image size and context length
     * @param listener told after each step
     * @return how it ended
     * @throws IOException where the folder holds another run and {@code resume} is false, or a file cannot be read or written
     * @throws IllegalArgumentException where weights do not fit the model, or the checkpoint was made with other settings
     */
    public TrainResult run(Data data, TrainingListener listener) throws IOException {
        Optional<Checkpoint> checkpoint = findCheckpoint();
        try (NDManager manager = Torch.newManager();
                ClipModel clip = load(checkpoint, manager);
                Trainer trainer = new Trainer(clip, config, folder, provenance)) {
            clip.use(new Execution(config.precision(), route));
            if (checkpoint.isPresent()) {
                trainer.resume(checkpoint.get());
            }
            StreamPosition position = checkpoint.map(Checkpoint::position).orElse(StreamPosition.START);
            try (BatchLoader loader = data.open(position)) {
                return trainer.run(loader, listener);
            }
        }
    }

    private Optional<Checkpoint> findCheckpoint() throws IOException {
        if (!resume) {
            requireNoRun();
            return Optional.empty();
        }
        Optional<Checkpoint> newest = Checkpoint.newest(folder);
        if (newest.isPresent()) {
            LOGGER.info("going on from {}", newest.get().folder());
        } else {
            LOGGER.warn("{} has no checkpoint to go on from: the run begins anew", folder);
        }
        return newest;
    }

    private void requireNoRun() throws IOException {
        for (String trace : new String[] {RunLog.FILE, Checkpoint.CHECKPOINTS, ModelFolder.WEIGHTS}) {
            if (Files.exists(folder.resolve(trace))) {
                throw new IOException(folder + " holds a run already (" + trace
                        + "); resume it, or choose another folder, or remove this one");
            }
        }
    }

    private ClipModel load(Optional<Checkpoint> checkpoint, NDManager manager) throws IOException {
        if (checkpoint.isPresent()) {
            return ModelFolder.load(checkpoint.get().folder(), model, manager);
        }
        return weights == null
                ? ClipModel.create(model, config.seed(), manager)
                : ModelFolder.load(weights, model, manager);
    }
}
