package org.glip.train;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.glip.data.BatchLoader;
import org.glip.data.BatchShare;
import org.glip.data.StreamPosition;
import org.glip.engine.Devices;
import org.glip.engine.LostRankException;
import org.glip.engine.MatrixRoute;
import org.glip.engine.ProcessGroup;
import org.glip.engine.Torch;
import org.glip.files.FolderLock;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.model.PositionWaves;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * One stage of training from its first step to the finished model on disk: the masked pre-training, or the unmasked
 * tuning that starts from its weights (the paper's training recipe). The command line, the experiments and the
 * notebooks all train by it.
 *
 * <pre>{@code
 * Pretraining stage = Pretraining.builder()
 *         .setModel(ClipConfig.preset("tiny"))
 *         .setConfig(StageConfig.builder().setSteps(1000).setBatchSize(128).setMask(mask).build())
 *         .optFolder(Path.of("runs/glip"), provenance)
 *         .build();
 * stage.run(position -> new BatchLoader(source, tokenizer, loading, position), report -> {});
 * }</pre>
 */
public final class Pretraining {
    private final ClipConfig model;
    private final StageConfig config;
    private final @Nullable Path weights;
    private final MatrixRoute route;
    private final @Nullable PromptTemplates prompts;
    private final @Nullable StagePlace place;
    private final boolean startsWithWaves;
    private final long validationEvery;
    private final Validation validation;
    private final ProcessGroup ranks;
    private final @Nullable Device device;
    private final @Nullable Path tensorBoard;

    private Pretraining(Builder builder) {
        model = Objects.requireNonNull(builder.model, "a stage needs a model");
        config = Objects.requireNonNull(builder.config, "a stage needs its settings");
        weights = builder.weights;
        route = builder.route;
        prompts = builder.prompts;
        place = builder.place();
        startsWithWaves = builder.startsWithWaves;
        validationEvery = builder.validationEvery;
        validation = builder.validation;
        ranks = builder.ranks;
        device = builder.device;
        tensorBoard = builder.tensorBoard;
    }

    /**
     * Begins to describe a stage.
     *
     * @return a builder; model and settings must be set
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Describes a stage. Model and settings must be set; all else has a default. */
    public static final class Builder {
        private @Nullable ClipConfig model;
        private @Nullable StageConfig config;
        private @Nullable Path weights;
        private MatrixRoute route = MatrixRoute.LINEAR;
        private @Nullable PromptTemplates prompts;
        private @Nullable Path folder;
        private @Nullable Provenance provenance;
        private boolean startsWithWaves;
        private boolean keepsCheckpoints = true;
        private int keep = 2;
        private boolean resumes;
        private Set<String> changes = Set.of();
        private long validationEvery;
        private Validation validation = model -> Map.of();
        private ProcessGroup ranks = ProcessGroup.alone();
        private @Nullable Device device;
        private @Nullable Path tensorBoard;

        private Builder() {}

        /**
         * Sets the model to train.
         *
         * @param newModel its configuration
         * @return this
         */
        public Builder setModel(ClipConfig newModel) {
            model = newModel;
            return this;
        }

        /**
         * Sets how to train.
         *
         * @param newConfig settings of the stage
         * @return this
         */
        public Builder setConfig(StageConfig newConfig) {
            config = newConfig;
            return this;
        }

        /**
         * Starts from weights; by default they are new, drawn by the settings' seed. Position embeddings of another
         * image size are resized to the model's. How pictures are prepared is recorded as the model's configuration
         * has it: {@link ModelFolder#config(Path, ClipConfig)} takes over what is recorded beside the weights.
         *
         * @param newWeights a model, a stage's folder or a file of weights; null for new ones
         * @return this
         */
        public Builder optWeights(@Nullable Path newWeights) {
            weights = newWeights;
            return this;
        }

        /**
         * Starts the position embedding of new weights as {@link PositionWaves}, not as open_clip does; where the stage
         * starts from other weights, it is theirs.
         *
         * @param isChosen whether to; by default not
         * @return this
         */
        public Builder optPositionWaves(boolean isChosen) {
            startsWithWaves = isChosen;
            return this;
        }

        /**
         * Chooses the way of float32 matrix products; by default {@link MatrixRoute#LINEAR}, which is the same on every
         * machine.
         *
         * @param newRoute the way
         * @return this
         */
        public Builder optRoute(MatrixRoute newRoute) {
            route = newRoute;
            return this;
        }

        /**
         * Records in the model, for those who ask it, the sentences that fit the captions. By default they are those of
         * the weights that the stage starts from, so that a tuned model keeps what it was pre-trained for; new weights
         * have none.
         *
         * @param newPrompts such as <code>PromptTemplates.of("{}")</code> where captions are bare labels; null for the
         *     default
         * @return this
         */
        public Builder optPrompts(@Nullable PromptTemplates newPrompts) {
            prompts = newPrompts;
            return this;
        }

        /**
         * Keeps the stage on disk: its log, checkpoints, and at the end the model. By default nothing is left but what
         * the listener saw.
         *
         * @param newFolder of this stage alone; it is locked while the stage runs
         * @param newProvenance written into checkpoints and model; a stage that goes on must have the same data and
         *     configuration
         * @return this
         */
        public Builder optFolder(Path newFolder, Provenance newProvenance) {
            folder = newFolder;
            provenance = newProvenance;
            return this;
        }

        /**
         * Returns whether checkpoints are kept in the folder; by default they are. Without them, an interrupted stage
         * leaves nothing to go on from.
         *
         * @param isKept whether they are
         * @return this
         */
        public Builder optCheckpoints(boolean isKept) {
            keepsCheckpoints = isKept;
            return this;
        }

        /**
         * Chooses how many checkpoints are kept; by default two, so that where the newest is damaged, the stage goes
         * on from the one before.
         *
         * @param checkpoints at least 1
         * @return this
         * @throws IllegalArgumentException if it is below 1
         */
        public Builder optKeep(int checkpoints) {
            if (checkpoints < 1) {
                throw new IllegalArgumentException("at least 1 checkpoint must be kept, not " + checkpoints);
            }
            keep = checkpoints;
            return this;
        }

        /**
         * Goes on from the newest sound checkpoint in the folder, if there is one. By default a folder that holds a run
         * is refused.
         *
         * @param isResumed whether to go on
         * @return this
         */
        public Builder optResume(boolean isResumed) {
            resumes = isResumed;
            return this;
        }

        /**
         * Lets settings differ from those of the checkpoint that the stage goes on from. What was changed is recorded
         * in the details of the provenance. By default all but the number of steps must be the same, and that may
         * differ where it changes no step that is done.
         *
         * @param names {@code data}, {@code steps}, {@code batch}, {@code micro-batch}, {@code lr}, {@code warmup},
         *     {@code weight-decay}, {@code beta1}, {@code beta2}, {@code eps}, {@code mask}, {@code precision},
         *     {@code seed}, or a name in the provenance's configuration
         * @return this
         */
        public Builder optChanges(Set<String> names) {
            changes = Set.copyOf(names);
            return this;
        }

        /**
         * Has the model looked at now and then, and once more after the last step. What is found stands in the report
         * and the log of the step before. It changes nothing of the training, to the last bit, and its time counts in
         * none of the figures of speed. By default nothing looks.
         *
         * @param everySteps steps from one look to the next, at least 1
         * @param newValidation looks at the model
         * @return this
         * @throws IllegalArgumentException if {@code everySteps} is below 1
         */
        public Builder optValidation(long everySteps, Validation newValidation) {
            if (everySteps < 1) {
                throw new IllegalArgumentException(
                        "a validation comes after every 1 step or more, not after every " + everySteps);
            }
            validationEvery = everySteps;
            validation = newValidation;
            return this;
        }

        /**
         * Trains in several processes, each of which describes the same stage and has its share of each batch (a {@link
         * org.glip.data.BatchShare} of {@code rank} and {@code size}). The first one alone writes and reads the folder
         * and looks at the model; what it goes on from, it sends to the others, so their number may be another than
         * before. By default one process trains alone.
         *
         * @param newRanks a group that is open; the caller closes it
         * @return this
         */
        public Builder optRanks(ProcessGroup newRanks) {
            ranks = newRanks;
            return this;
        }

        /**
         * Chooses where to train; by default on the engine's preferred device, {@link Devices#preferred}.
         *
         * @param newDevice the device
         * @return this
         */
        public Builder optDevice(Device newDevice) {
            device = newDevice;
            return this;
        }

        /**
         * Writes event files for TensorBoard, with the figures of each step. A stage that goes on writes a new one
         * into the same folder; of several ranks, the first one does. By default there are none.
         *
         * @param newTensorBoard folder of this stage alone, for <code>tensorboard --logdir</code> on it or above it;
         *     null for none
         * @return this
         */
        public Builder optTensorBoard(@Nullable Path newTensorBoard) {
            tensorBoard = newTensorBoard;
            return this;
        }

        /**
         * Completes the description.
         *
         * @return the stage
         * @throws NullPointerException if model or settings are not set
         */
        public Pretraining build() {
            return new Pretraining(this);
        }

        private @Nullable StagePlace place() {
            return folder == null || provenance == null
                    ? null
                    : new StagePlace(folder, provenance, keepsCheckpoints ? keep : 0, resumes, changes);
        }
    }

    /** Opens the data. */
    @FunctionalInterface
    public interface Data {
        /**
         * Begins to load; the stage closes the loader.
         *
         * @param position the beginning, or where a stage goes on
         * @return the loader
         * @throws IOException where the data cannot be read
         */
        BatchLoader open(StreamPosition position) throws IOException;
    }

    /**
     * Trains. If the thread is interrupted, a checkpoint is written, if they are kept, and the result says so; if
     * anything else ends the stage, such as data that cannot be read, a checkpoint of its last sound step is written
     * before the exception comes.
     *
     * @param data opens the pairs, in batches of the configuration's size and for the model's image size and context
     *     length
     * @param listener told after each step, on the training thread
     * @return how it ended
     * @throws IOException where the folder is in use, or holds another run and the stage is not to go on, a file cannot
     *     be read or written, the folder is removed meanwhile, or the validation cannot read
     * @throws OtherSettingsException where the checkpoint was made with other settings
     * @throws IllegalArgumentException where weights do not fit the model, a batch does not fit the machine or cannot
     *     be shared by the ranks, or ranks were started with different settings
     * @throws DivergedException where the loss or a weight is no number any more
     * @throws LostRankException where another rank has gone or says nothing
     */
    public StageResult run(Data data, Consumer<StepReport> listener) throws IOException {
        Device where = device == null ? Devices.preferred() : device;
        RankAgreement together = agree(where);
        StagePlace own = ranks.isFirst() ? place : null;
        try (FolderLock lock = together.each(() -> own == null ? null : FolderLock.take(own.folder()));
                NDManager manager = Torch.newManager(where)) {
            Optional<StagePlace.Start> start = together.each(() -> start(own));
            Optional<Checkpoint> checkpoint = start.flatMap(StagePlace.Start::checkpoint);
            try (ClipModel clip = together.each(() -> load(checkpoint, manager));
                    TrainingLoop loop = begin(clip, checkpoint, together);
                    BatchLoader loader = data.open(loop.position());
                    StageFiles files = files(loop, start)) {
                Optional<Duration> before = where.isGpu() ? Optional.empty() : ValidationTimes.processorTime();
                ValidationTimes looks =
                        ranks.isFirst() ? new ValidationTimes(validationEvery, validation) : ValidationTimes.never();
                StageClock clock = new StageClock(config, looks);
                StageResult result;
                try {
                    result = loop.run(loader, clock, report -> {
                        files.afterStep(report);
                        listener.accept(report);
                        if (config.isCheckpointDue(report.step())) {
                            clock.checkpoint(() -> {
                                together.addUpSkipped(loop);
                                files.checkpoint();
                            });
                        }
                    });
                } catch (IOException | RuntimeException | Error e) {
                    rescue(e, loader, files);
                    throw e;
                }
                StageResult timed =
                        result.after(before.flatMap(ValidationTimes::since).map(time -> seconds(time, looks)));
                together.addUpSkipped(loop);
                files.finish(timed);
                together.end();
                return timed;
            }
        }
    }

    /** What must fit, and be the same on all ranks, before anything is read or written. */
    private RankAgreement agree(Device where) throws IOException {
        new BatchShare(ranks.rank(), ranks.size()).requireDivides(config.batchSize());
        BatchMemory.require(config, model, ranks.size(), where);
        RankAgreement together = new RankAgreement(ranks);
        together.requireSame(ResumedSettings.of(model, config));
        together.requireSame(place == null ? Map.of() : ResumedSettings.of(place.provenance()));
        return together;
    }

    private TrainingLoop begin(ClipModel clip, Optional<Checkpoint> checkpoint, RankAgreement together)
            throws IOException {
        clip.use(new Execution(config.precision(), route));
        TrainingLoop loop = together.each(() -> TrainingLoop.begin(clip, config, ranks, checkpoint));
        try {
            together.beginTogether(loop);
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
        return loop;
    }

    /** Whatever ended the stage: what it had reached is kept. */
    private static void rescue(Throwable end, BatchLoader loader, StageFiles files) {
        try {
            loader.close(); // memory may be what was missing
            files.rescue();
        } catch (IOException | RuntimeException | Error alsoFailed) {
            end.addSuppressed(alsoFailed);
        }
    }

    /** Where the first rank begins. */
    private Optional<StagePlace.Start> start(@Nullable StagePlace own) throws IOException {
        Optional<StagePlace.Start> start = own == null ? Optional.empty() : Optional.of(own.start(model, config));
        if (tensorBoard != null && ranks.isFirst()) {
            StageEvents.prepare(tensorBoard, own != null && own.resumes());
        }
        return start;
    }

    private StageFiles files(TrainingLoop loop, Optional<StagePlace.Start> start) throws IOException {
        StageFiles files = StageFiles.NONE;
        if (place != null && start.isPresent()) {
            PromptTemplates record = recorded(start.get().checkpoint());
            files = StageFolder.open(place.folder(), start.get().provenance(), record, place.keep(), loop);
        }
        return tensorBoard == null || !ranks.isFirst() ? files : new StageEvents(tensorBoard, files);
    }

    /** The prompts for the model: those told, else those of the weights that it goes on from. */
    private @Nullable PromptTemplates recorded(Optional<Checkpoint> checkpoint) throws IOException {
        if (prompts != null) {
            return prompts;
        }
        Path before = checkpoint.map(Checkpoint::folder).orElse(weights);
        return before == null ? null : ModelFolder.prompts(before).orElse(null);
    }

    private static double seconds(Duration all, ValidationTimes looks) {
        return all.minus(looks.processorTimeSpent()).toMillis() / 1e3;
    }

    private ClipModel load(Optional<Checkpoint> checkpoint, NDManager manager) throws IOException {
        if (checkpoint.isPresent()) {
            return ModelFolder.load(checkpoint.get().folder(), model, manager);
        }
        return weights == null ? create(manager) : ModelFolder.load(weights, model, manager);
    }

    private ClipModel create(NDManager manager) {
        ClipModel clip = ClipModel.create(model, config.seed(), manager);
        if (startsWithWaves) {
            PositionWaves.write(clip);
        }
        return clip;
    }
}
