package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.glip.report.AccuracyCurve;
import org.glip.report.LossCurve;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.train.StageLog;

/**
 * What the training of a run left in its folder: the models {@code pretrained} and {@code tuned}, each as open_clip and
 * the command line load it, with its log, and {@code training.json}, a result file with loss, speed and cost.
 *
 * @param folder the run's folder
 * @param training figures of the training, with provenance
 */
public record TrainedModels(Path folder, RunResult training) {
    private static final String TRAINING = "training.json";

    /** {@return the model after pre-training, before the tuning} */
    public Path pretrained() {
        return Stage.PRETRAINING.in(folder);
    }

    /** {@return the model after the unmasked tuning} */
    public Path tuned() {
        return Stage.TUNING.in(folder);
    }

    /** The result file of the training in a run's folder. */
    static Path file(Path folder) {
        return folder.resolve(TRAINING);
    }

    /**
     * Returns the loss of the pre-training, step by step.
     *
     * @param name the curve's name
     * @return the curve
     * @throws IOException if the log is missing or damaged; it is named
     */
    public LossCurve lossCurve(String name) throws IOException {
        return RunCurves.loss(name, StageLog.read(pretrained()));
    }

    /**
     * Returns the accuracy on the validation pictures during the pre-training.
     *
     * @param name the curve's name
     * @return the curve; without a point where the run was not validated
     * @throws IOException if the log is missing or damaged; it is named
     */
    public AccuracyCurve accuracyCurve(String name) throws IOException {
        return RunCurves.accuracy(name, StageLog.read(pretrained()));
    }

    /**
     * The models of a run that was trained before.
     *
     * @return the models; nothing where they are not there, or only a part that a run with checkpoints goes on from
     * @throws org.glip.results.ResultFileException if the folder holds another run's models
     * @throws IOException if it is no finished training, and none to go on from
     */
    static Optional<TrainedModels> find(Path folder, Run run) throws IOException {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        Optional<RunResult> training =
                ResultFile.readIfDone(file(folder), run.settings(), run.data(), run.configuration());
        if (training.isEmpty() && !run.plan().keepsCheckpoints()) {
            throw new IOException(folder + " has no " + TRAINING
                    + ", so it is no finished training: delete the folder or choose another one for models");
        }
        return training.map(figures -> new TrainedModels(folder, figures));
    }
}
