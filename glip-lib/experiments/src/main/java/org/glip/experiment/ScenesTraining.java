package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.glip.engine.Torch;
import org.glip.files.AtomicFile;
import org.glip.files.Uninterrupted;
import org.glip.model.ClipModel;
import org.glip.model.ModelFolder;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;

/**
 * Trains the models of a comparison, pre-training by the method and then tuning without a mask, and keeps both, so that they can
 * be evaluated again and again without training.
 *
 * <p>Each run has a folder named by {@link ScenesRun#id}, laid out as {@link TrainedModels} says. It appears when the training is
 * complete, and a training that is there is not repeated.
 */
public final class ScenesTraining {
    private final Path models;
    private final String command;

    /**
     * @param models the folder that holds the folders of the runs
     * @param command what a person types to run this, for the provenance
     */
    public ScenesTraining(Path models, String command) {
        this.models = models;
        this.command = command;
    }

    /**
     * Trains, unless that was done before.
     *
     * @param run what to train
     * @param progress told after each step
     * @return the trained models
     * @throws org.glip.results.ResultFileException if another run lies under the same name; the message names the difference
     * @throws IOException if data cannot be read or models cannot be written
     * @throws CancellationException if the thread is interrupted; nothing is kept of the run, and the flag stays set
     */
    public TrainedModels train(ScenesRun run, RunProgress progress) throws IOException {
        Path folder = models.resolve(run.id());
        Optional<TrainedModels> before = TrainedModels.find(folder, run);
        if (before.isPresent()) {
            return before.get();
        }
        Path making = models.resolve("." + run.id() + "." + UUID.randomUUID() + ".making");
        try {
            RunResult training = Interruptible.run("training", () -> trainInto(making, run, progress));
            Uninterrupted.run(() -> ResultFile.write(making.resolve(TrainedModels.TRAINING), training));
            AtomicFile.move(making, folder);
            return new TrainedModels(folder, training);
        } catch (DirectoryNotEmptyException e) {
            // another program has finished the same run meanwhile
            return TrainedModels.find(folder, run).orElseThrow(() -> e);
        } finally {
            delete(making);
        }
    }

    private RunResult trainInto(Path folder, ScenesRun run, RunProgress progress) throws IOException {
        Path pretrained = TrainedModels.pretrained(folder);
        Map<String, Double> metrics = new LinkedHashMap<>();
        TrainingStage stage = new TrainingStage(run, progress);
        try (NDManager manager = Torch.newManager();
                ClipModel model =
                        ClipModel.create(run.method().pretrained(run.plan().model()), run.seed(), manager)) {
            TrainingStage.Cost cost = stage.pretrain(model, pretrained);
            metrics.put("training loss", cost.result().loss());
            metrics.put(
                    "samples per second",
                    cost.result().samples() / cost.result().trainingSeconds());
            metrics.put("training seconds", cost.result().seconds());
            cost.cpuSeconds().ifPresent(seconds -> metrics.put("training CPU seconds", seconds));
            metrics.put(
                    "image tokens", (double) run.method().imageTokens(run.plan().model()));
            write(pretrained, model, run);
        }
        // Loaded at the full size: where the pre-training saw small pictures, the position embedding is interpolated.
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(pretrained, run.plan().model(), manager)) {
            TrainingStage.Cost cost = stage.tune(model);
            metrics.put("tuning seconds", cost.result().seconds());
            cost.cpuSeconds().ifPresent(seconds -> metrics.put("tuning CPU seconds", seconds));
            write(TrainedModels.tuned(folder), model, run);
        }
        return new RunResult(run.settings(), metrics, run.provenance(command));
    }

    private void write(Path folder, ClipModel model, ScenesRun run) throws IOException {
        String provenance = run.provenance(command).toJson().toString();
        Uninterrupted.run(() -> ModelFolder.write(folder, model, Map.of("provenance", provenance)));
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
