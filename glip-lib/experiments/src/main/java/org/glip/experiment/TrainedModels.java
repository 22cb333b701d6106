package org.glip.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.glip.report.LossCurve;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.train.RunLog;

/**
 * What a training left in its folder: the models {@code pretrained} and {@code tuned}, each as open_clip and the command line load
 * it, the log of the pre-training, and {@code training.json}, a result file with loss, speed and cost.
 *
 * @param folder the training's folder
 * @param training its figures, with provenance
 */
public record TrainedModels(Path folder, RunResult training) {
    static final String TRAINING = "training.json";

    /** The model after pre-training, before the tuning. */
    public Path pretrained() {
        return pretrained(folder);
    }

    /** The model after the unmasked tuning. */
    public Path tuned() {
        return tuned(folder);
    }

    static Path pretrained(Path folder) {
        return folder.resolve("pretrained");
    }

    static Path tuned(Path folder) {
        return folder.resolve("tuned");
    }

    /**
     * The loss of the pre-training, step by step.
     *
     * @param name the curve's name
     * @return the curve
     * @throws IOException if the log is missing or damaged; it is named
     */
    public LossCurve lossCurve(String name) throws IOException {
        Path file = pretrained().resolve(RunLog.FILE);
        List<String> lines = Files.readAllLines(file);
        double[] steps = new double[lines.size()];
        double[] losses = new double[lines.size()];
        for (int i = 0; i < steps.length; i++) {
            try {
                JsonObject line = JsonParser.parseString(lines.get(i)).getAsJsonObject();
                steps[i] = line.get("step").getAsDouble();
                losses[i] = line.get("loss").getAsDouble();
            } catch (JsonParseException | IllegalStateException | NullPointerException | NumberFormatException e) {
                throw new IOException(
                        file + ", line " + (i + 1) + ": no step with its loss; delete " + folder + " to train again",
                        e);
            }
        }
        return new LossCurve(name, steps, losses);
    }

    /**
     * The models of a run that was trained before.
     *
     * @throws org.glip.results.ResultFileException if the folder holds another run's models
     * @throws IOException if it is no finished training
     */
    static Optional<TrainedModels> find(Path folder, ScenesRun run) throws IOException {
        if (!Files.exists(folder)) {
            return Optional.empty();
        }
        Optional<RunResult> training =
                ResultFile.readIfDone(folder.resolve(TRAINING), run.settings(), run.data(), run.configuration());
        if (training.isEmpty()) {
            throw new IOException(folder + " has no " + TRAINING
                    + ", so it is no finished training: delete the folder or" + " choose another one for models");
        }
        return Optional.of(new TrainedModels(folder, training.get()));
    }
}
