package org.glip.experiment;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.commons.io.file.PathUtils;
import org.glip.data.SampleSource;
import org.glip.files.AtomicFile;
import org.glip.files.Uninterrupted;
import org.glip.model.ModelFolder;
import org.glip.results.Metric;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.train.Pretraining;
import org.glip.train.Provenance;
import org.glip.train.StageConfig;
import org.glip.train.StageResult;

/**
 * Trains the models of runs, pre-training by the method and then tuning without a mask, and keeps both, so that they
 * can be tested again and again without training.
 *
 * <p>Each run has a folder named by {@link Run#id}, laid out as {@link TrainedModels} says. Where the plan keeps no
 * checkpoints, it appears when the training is complete. Where it does, a stage that was interrupted goes on from its
 * newest checkpoint. What is done is not done again.
 */
final class RunTraining {
    /** Looks at the validation pictures during a pre-training: the points of its curve. */
    static final int VALIDATIONS = 10;

    private final Path models;
    private final String command;

    /**
     * @param models the folder that holds the folders of the runs
     * @param command what a person types to run this, for the provenance
     */
    RunTraining(Path models, String command) {
        this.models = models;
        this.command = command;
    }

    /**
     * Trains, unless that was done before.
     *
     * @param run what to train
     * @param progress told after each step
     * @return the trained models
     * @throws IOException if another run lies under the same name, data cannot be read or models cannot be written
     * @throws CancellationException if the thread is interrupted; nothing is kept of the run but its checkpoints, and
     *     the flag stays set
     */
    TrainedModels train(Run run, RunProgress progress) throws IOException {
        Path folder = models.resolve(run.id());
        Optional<TrainedModels> before = TrainedModels.find(folder, run);
        if (before.isPresent()) {
            return before.get();
        }
        Interruptible.requireNotInterrupted("training");
        Path making = run.plan().keepsCheckpoints()
                ? folder
                : models.resolve("." + run.id() + "." + UUID.randomUUID() + ".making");
        Findings figures = new Findings();
        try {
            SampleSource pairs = run.benchmark().pairs();
            Map<Stage, StageConfig> configs = run.stages(pairs);
            for (Stage stage : Stage.values()) {
                StageConfig config = configs.get(stage);
                boolean isNew = !Files.exists(stage.in(making));
                if (isNew || !isDone(stage.in(making), run)) {
                    Pretraining training = training(run, stage, config, making, isNew, progress);
                    StageResult result =
                            training.run(run.data(stage, config, pairs), report -> progress.onStep(stage, report));
                    add(figures, run, stage, result, isNew);
                }
                if (stage == Stage.PRETRAINING) {
                    figures.add(
                            Metric.IMAGE_TOKENS,
                            run.method().imageTokens(run.plan().model()));
                }
            }
            return keep(run, figures, making, folder);
        } catch (IOException e) {
            Interruptible.requireNotInterrupted("training");
            throw e;
        } finally {
            if (!making.equals(folder)) {
                PathUtils.delete(making);
            }
        }
    }

    private Pretraining training(
            Run run, Stage stage, StageConfig config, Path folder, boolean isNew, RunProgress progress)
            throws IOException {
        Pretraining.Builder training = Pretraining.builder();
        if (stage == Stage.PRETRAINING) {
            long every = (config.steps() + VALIDATIONS - 1) / VALIDATIONS;
            run.benchmark()
                    .openValidation(run.model(stage), run.plan().workers(), progress)
                    .ifPresent(validation -> training.optValidation(every, validation));
        }
        // The route is the builder's, a fixed one: a calibrated one may differ from run to run, and with it the last
        // digits of every figure. Tuning loads the weights at full picture size, so that where the pre-training saw
        // small pictures, the position embedding is interpolated.
        return training.setModel(run.model(stage))
                .setConfig(config)
                .optWeights(stage == Stage.TUNING ? Stage.PRETRAINING.in(folder) : null)
                .optPositionWaves(run.plan().positionWaves())
                .optPrompts(run.benchmark().prompts().orElse(null))
                .optFolder(stage.in(folder), run.provenance(command))
                .optCheckpoints(run.plan().keepsCheckpoints())
                .optResume(!isNew)
                .build();
    }

    /**
     * Whether a stage's model is complete and this run's.
     *
     * @throws IOException if it is another's
     */
    private static boolean isDone(Path stage, Run run) throws IOException {
        if (!Files.exists(stage.resolve(ModelFolder.WEIGHTS))) {
            return false;
        }
        Optional<Provenance> made = Provenance.read(stage);
        if (made.isEmpty()
                || !made.get().data().equals(run.data())
                || !made.get().configuration().equals(run.configuration())) {
            throw new IOException(stage + " holds a model of other data or settings: delete it to train anew, or choose"
                    + " another folder for models");
        }
        return true;
    }

    /** Takes note of a stage. What one cost is not known where it went on after an interruption. */
    private static void add(Findings figures, Run run, Stage stage, StageResult result, boolean isNew) {
        if (result.interrupted()) {
            throw new CancellationException(stage + " was interrupted after " + result.steps() + " steps"
                    + (run.plan().keepsCheckpoints() ? "; the same again goes on from there" : ""));
        }
        if (isNew && stage == Stage.PRETRAINING) {
            figures.add(Metric.TRAINING_LOSS, result.loss());
            figures.add(Metric.SAMPLES_PER_SECOND, result.samples() / result.trainingSeconds());
            figures.add(Metric.TRAINING_SECONDS, result.seconds());
            result.cpuSeconds().ifPresent(seconds -> figures.add(Metric.TRAINING_CPU_SECONDS, seconds));
        } else if (isNew) {
            figures.add(Metric.TUNING_SECONDS, result.seconds());
            result.cpuSeconds().ifPresent(seconds -> figures.add(Metric.TUNING_CPU_SECONDS, seconds));
        }
    }

    /** Keeps the figures beside the models, and the folder under the run's name. */
    private TrainedModels keep(Run run, Findings figures, Path making, Path folder) throws IOException {
        RunResult training = new RunResult(run.settings(), figures.metrics(), run.provenance(command));
        Uninterrupted.run(() -> ResultFile.write(TrainedModels.file(making), training));
        if (making.equals(folder)) {
            return new TrainedModels(folder, training);
        }
        try {
            AtomicFile.move(making, folder);
            return new TrainedModels(folder, training);
        } catch (DirectoryNotEmptyException e) {
            // another program has finished the same run meanwhile
            return TrainedModels.find(folder, run).orElseThrow(() -> e);
        }
    }
}
