package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.StreamPosition;
import org.glip.data.WebDatasetSource;
import org.glip.data.scenes.PixelNeighbourBaseline;
import org.glip.data.scenes.Scenes;
import org.glip.data.scenes.ScenesLabels;
import org.glip.data.scenes.ScenesSplit;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Torch;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.RetrievalResult;
import org.glip.image.EvaluationTransform;
import org.glip.image.Normalization;
import org.glip.mask.MaskConfig;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.report.RunResult;
import org.glip.report.RunSettings;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.glip.train.Provenance;
import org.glip.train.StepReport;
import org.glip.train.TrainConfig;
import org.glip.train.TrainResult;
import org.glip.train.Trainer;
import org.jspecify.annotations.Nullable;

/**
 * Compares methods on Scenes: each is pre-trained, evaluated on a drawing style it never saw, tuned unmasked, and evaluated again
 * (paper, section on experiments). All methods see the same samples in the same order and start from the same weights.
 */
public final class ScenesExperiment {
    private static final String LABEL = "label";
    private static final PromptTemplates PLAIN = PromptTemplates.of("{}");
    private static final int SHUFFLE_BUFFER = 4096;
    private static final int EVALUATION_BATCH = 256;

    private final Scenes scenes;
    private final ScenesPlan plan;
    private final String command;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();

    /** Watches a run. */
    @FunctionalInterface
    public interface Progress {
        /**
         * A step of training is done.
         *
         * @param stage {@code pre-training} or {@code tuning}
         * @param report what the step did
         */
        void onStep(String stage, StepReport report);
    }

    /**
     * @param scenes the data
     * @param plan how to train
     * @param command what a person types to run this, for the provenance
     */
    public ScenesExperiment(Scenes scenes, ScenesPlan plan, String command) {
        this.scenes = scenes;
        this.plan = plan;
        this.command = command;
    }

    /**
     * Runs a method.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step
     * @return figures and predictions
     * @throws IOException where the data cannot be read
     * @throws CancellationException where the thread is interrupted; nothing is kept of the run
     */
    public ScenesOutcome run(Method method, long seed, Progress progress) throws IOException {
        return run(method, seed, progress, null);
    }

    /**
     * Runs a method and keeps the model.
     *
     * @param method how to pre-train
     * @param seed of weights, order and masks
     * @param progress told after each step
     * @param folder where the tuned model goes, for open_clip or the command line; null to keep none
     * @return figures and predictions
     * @throws IOException where the data cannot be read or the model cannot be written
     * @throws CancellationException where the thread is interrupted; nothing is kept of the run
     */
    public ScenesOutcome run(Method method, long seed, Progress progress, @Nullable Path folder) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ClipModel.create(plan.model(), seed, manager)) {
            // A fixed route: a calibrated one may differ from run to run, and with it the last digits of every figure.
            model.use(new Execution(plan.precision(), MatrixRoute.LINEAR));
            Map<String, Double> metrics = new LinkedHashMap<>();
            TrainResult training = train(model, plan.pretraining(method.mask(), seed), "pre-training", progress);
            metrics.put("training loss", training.loss());
            metrics.put("samples per second", training.samples() / training.trainingSeconds());
            metrics.put("training seconds", training.seconds());
            metrics.put(
                    "image tokens",
                    1.0 + method.mask().on(plan.model().vision().grid()).kept());
            ClassificationResult unmasked = evaluate(model, testStyle(model, MaskConfig.none()), "unmasked", metrics);
            if (method.mask().kind() != MaskConfig.Kind.NONE) {
                evaluate(model, testStyle(model, method.mask()), "masked", metrics);
            }
            train(model, plan.tuning(seed), "tuning", progress);
            if (folder != null) {
                ModelFolder.write(
                        folder,
                        model,
                        Map.of("provenance", provenance(method, seed).toJson().toString()));
            }
            EmbeddedSet pictures = testStyle(model, MaskConfig.none());
            ClassificationResult tuned = evaluate(model, pictures, "tuned", metrics);
            retrieval(model, metrics);
            Readable readable = readable(model, pictures, metrics);
            RunResult result = new RunResult(settings(method, seed), metrics, provenance(method, seed));
            return new ScenesOutcome(result, unmasked, tuned, readable.result, readable.keys);
        }
    }

    private TrainResult train(ClipModel model, TrainConfig config, String stage, Progress progress) throws IOException {
        LoaderConfig loading = new LoaderConfig(
                plan.batchSize(), SHUFFLE_BUFFER, plan.workers(), contextLength(), config.seed(), transform());
        try (BatchLoader loader = new BatchLoader(
                        new WebDatasetSource(scenes.train()), tokenizer, loading, StreamPosition.START);
                Trainer trainer = new Trainer(model, config, null, provenance(new Method("", config.mask()), 0))) {
            TrainResult result = trainer.run(loader, report -> progress.onStep(stage, report));
            if (result.interrupted()) {
                throw new CancellationException(stage + " was interrupted after " + result.steps() + " steps");
            }
            return result;
        }
    }

    private EmbeddedSet testStyle(ClipModel model, MaskConfig mask) throws IOException {
        return embed(model, ScenesSplit.TEST_STYLE, mask);
    }

    private ClassificationResult evaluate(
            ClipModel model, EmbeddedSet pictures, String name, Map<String, Double> metrics) throws IOException {
        ClassificationResult result = Evaluation.zeroShot(
                new Embedder(model, tokenizer),
                pictures,
                labels(ScenesSplit.TEST_STYLE).labels(),
                LABEL,
                PLAIN);
        metrics.put(name + " top-1", result.top1());
        metrics.put(name + " top-5", result.top5());
        return result;
    }

    /** The readable part of the test, and the names of its samples. */
    private record Readable(ClassificationResult result, List<String> keys) {}

    private Readable readable(ClipModel model, EmbeddedSet testStyle, Map<String, Double> metrics) throws IOException {
        List<String> names = labels(ScenesSplit.TEST_STYLE).readable();
        EmbeddedSet pictures = testStyle.where(LABEL, Set.copyOf(names));
        ClassificationResult result =
                Evaluation.zeroShot(new Embedder(model, tokenizer), pictures, names, LABEL, PLAIN);
        metrics.put("readable top-1", result.top1());
        metrics.put("readable top-5", result.top5());
        return new Readable(result, pictures.keys());
    }

    private void retrieval(ClipModel model, Map<String, Double> metrics) throws IOException {
        EmbeddedSet concepts = embed(model, ScenesSplit.TEST_CONCEPTS, MaskConfig.none());
        RetrievalResult result = Evaluation.retrieval(new Embedder(model, tokenizer), concepts);
        for (int k : new int[] {1, 5, 10}) {
            metrics.put("text-to-image recall@" + k, result.textToImageRecall(k));
            metrics.put("image-to-text recall@" + k, result.imageToTextRecall(k));
        }
    }

    private EmbeddedSet embed(ClipModel model, ScenesSplit split, MaskConfig mask) throws IOException {
        LoaderConfig loading = new LoaderConfig(EVALUATION_BATCH, 0, plan.workers(), contextLength(), 0, transform());
        try (BatchLoader loader =
                BatchLoader.singleEpoch(new WebDatasetSource(scenes.shards(split)), tokenizer, loading)) {
            return new Embedder(model, tokenizer).images(loader, mask, 1);
        }
    }

    /**
     * The trivial baseline on the same pictures.
     *
     * @param trainingPictures how many training pictures it keeps
     * @return its figures, in the form of a run
     * @throws IOException where the data cannot be read
     */
    public RunResult pixelNeighbour(int trainingPictures) throws IOException {
        PixelNeighbourBaseline baseline = PixelNeighbourBaseline.fit(scenes.train(), trainingPictures);
        List<Path> test = scenes.shards(ScenesSplit.TEST_STYLE);
        ScenesLabels labels = labels(ScenesSplit.TEST_STYLE);
        PixelNeighbourBaseline.Result all = baseline.evaluate(test, labels.labels());
        PixelNeighbourBaseline.Result readable = baseline.evaluate(test, labels.readable());
        Map<String, Double> metrics = new LinkedHashMap<>();
        metrics.put("unmasked top-1", all.top1());
        metrics.put("unmasked top-5", all.top5());
        metrics.put("readable top-1", readable.top1());
        metrics.put("readable top-5", readable.top5());
        Method method = new Method("pixel neighbour", MaskConfig.none());
        return new RunResult(settings(method, 0), metrics, provenance(method, 0));
    }

    private RunSettings settings(Method method, long seed) {
        return new RunSettings(
                method.name(),
                method.mask(),
                seed,
                Map.of("preset", scenes.config().preset().id()));
    }

    private Provenance provenance(Method method, long seed) throws IOException {
        Map<String, String> configuration = plan.settings();
        configuration.put("mask", method.mask().toString());
        configuration.put("seed", Long.toString(seed));
        return Provenance.here(command, scenes.recipe().toString(), configuration);
    }

    private ScenesLabels labels(ScenesSplit split) throws IOException {
        return scenes.labels(split);
    }

    private EvaluationTransform transform() {
        return new EvaluationTransform(plan.model().vision().imageSize(), Normalization.clip());
    }

    private int contextLength() {
        return plan.model().text().contextLength();
    }
}
