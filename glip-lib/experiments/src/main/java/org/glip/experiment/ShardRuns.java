package org.glip.experiment;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.engine.MatrixRoute;
import org.glip.files.Uninterrupted;
import org.glip.image.RandomResizedCropTransform;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.results.ResultFile;
import org.glip.results.RunResult;
import org.glip.results.RunSettings;
import org.glip.text.ClipTokenizer;
import org.glip.train.Pretraining;
import org.glip.train.Provenance;
import org.glip.train.TrainConfig;
import org.glip.train.TrainResult;
import org.jspecify.annotations.Nullable;

/**
 * Runs on pairs of one's own by the paper's recipe, tested on the sets of the field ({@link ShardEvaluation}). A run has a folder
 * with the stages {@code pretrained} and {@code tuned}, each as {@code glip pretrain} leaves it, and a result file. A stage that was
 * interrupted goes on from its newest checkpoint, and one that is done is not done again.
 */
public final class ShardRuns implements Comparison {
    private final ShardData data;
    private final ShardPlan plan;
    private final Path results;
    private final Path models;
    private final String command;

    /**
     * @param data pairs and test sets
     * @param plan how to train
     * @param results folder of the result files
     * @param models folder of checkpoints and trained models
     * @param command what a person types to run this, for the provenance
     */
    public ShardRuns(ShardData data, ShardPlan plan, Path results, Path models, String command) {
        this.data = data;
        this.plan = plan;
        this.results = results;
        this.models = models;
        this.command = command;
    }

    @Override
    public String id(Method method, long seed) {
        return String.join("-", data.name(), method.fileName(), "seed" + seed);
    }

    @Override
    public RunResult result(Method method, long seed, RunProgress progress) throws IOException {
        Path file = results.resolve(id(method, seed) + ".json");
        SampleSource pairs = data.pairs();
        RunSettings settings = method.settings(data.name(), seed);
        Optional<RunResult> done = ResultFile.readIfDone(file, settings, describe(pairs), configuration(method, seed));
        if (done.isPresent()) {
            return done.get();
        }
        // a test set that is missing or wrong is told before the training and not after it
        ShardEvaluation evaluation = ShardEvaluation.open(data, plan);
        Path folder = models.resolve(id(method, seed));
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("image tokens", (double) method.imageTokens(plan.model()));
        train(method, seed, pairs, folder, progress)
                .ifPresent(result -> metrics.put("samples per second", result.samples() / result.trainingSeconds()));
        Findings findings = Interruptible.run(
                "evaluation",
                () -> evaluation.evaluate(
                        method.mask(), TrainedModels.pretrained(folder), TrainedModels.tuned(folder)));
        metrics.putAll(findings.metrics());
        RunResult result = new RunResult(settings, metrics, findings.hits(), provenance(pairs, method, seed));
        Uninterrupted.run(() -> ResultFile.write(file, result));
        return result;
    }

    private String describe(SampleSource pairs) {
        return data.name() + ": " + pairs.describe() + "; tested on " + data.test();
    }

    private Map<String, String> configuration(Method method, long seed) {
        return method.configuration(plan.settings(), seed);
    }

    private Provenance provenance(SampleSource pairs, Method method, long seed) {
        return Provenance.here(command, describe(pairs), configuration(method, seed));
    }

    /** Both stages; how the pre-training went, if it was done now and from its beginning. */
    private Optional<TrainResult> train(Method method, long seed, SampleSource pairs, Path folder, RunProgress progress)
            throws IOException {
        Provenance provenance = provenance(pairs, method, seed);
        boolean trained = isDone(TrainedModels.pretrained(folder), provenance);
        if (trained && isDone(TrainedModels.tuned(folder), provenance)) {
            return Optional.empty();
        }
        long count = pairs.countSamples();
        Optional<TrainResult> pretraining = Optional.empty();
        if (!trained) {
            Pretraining masked = stage(
                    method.pretrained(plan.model()),
                    null,
                    plan.pretraining(method.mask(), count, seed),
                    TrainedModels.pretrained(folder),
                    provenance);
            pretraining = run("pre-training", masked, pairs, progress);
        }
        Pretraining unmasked = stage(
                plan.model(),
                TrainedModels.pretrained(folder),
                plan.tuning(count, seed),
                TrainedModels.tuned(folder),
                provenance);
        run("tuning", unmasked, pairs, progress);
        return pretraining;
    }

    /**
     * Whether a stage's model is complete and this run's.
     *
     * @throws IOException if it is another's
     */
    private static boolean isDone(Path folder, Provenance provenance) throws IOException {
        if (!Files.exists(folder.resolve(ModelFolder.WEIGHTS))) {
            return false;
        }
        JsonObject mine = provenance.toJson();
        JsonObject made = JsonParser.parseString(ModelFolder.metadata(folder).getOrDefault("provenance", "{}"))
                .getAsJsonObject();
        boolean same = Stream.of("data", "configuration")
                .allMatch(part -> mine.get(part).equals(made.get(part)));
        if (!same) {
            throw new IOException(
                    folder + " holds a model of other data or settings: delete it to train anew, or choose"
                            + " another folder for models");
        }
        return true;
    }

    /** A stage; one whose folder is there goes on. */
    private static Pretraining stage(
            ClipConfig model, @Nullable Path weights, TrainConfig config, Path folder, Provenance provenance) {
        return new Pretraining(model, weights, config, MatrixRoute.LINEAR, folder, Files.exists(folder), provenance);
    }

    /** How the stage went, if it was done from its beginning. */
    private Optional<TrainResult> run(String name, Pretraining stage, SampleSource pairs, RunProgress progress)
            throws IOException {
        LoaderConfig loading = new LoaderConfig(
                stage.config().batchSize(),
                plan.shuffle(),
                plan.workers(),
                stage.model().text().contextLength(),
                stage.config().seed(),
                RandomResizedCropTransform.paper(stage.model().vision().imageSize()));
        TrainResult result = stage.run(
                position -> new BatchLoader(pairs, ClipTokenizer.load(), loading, position),
                report -> progress.onStep(name, report));
        if (result.interrupted()) {
            throw new CancellationException(
                    name + " was interrupted after " + result.steps() + " steps; the same again goes on from there");
        }
        return stage.resume() ? Optional.empty() : Optional.of(result);
    }
}
