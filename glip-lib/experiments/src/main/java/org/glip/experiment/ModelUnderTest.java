package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.glip.data.BatchLoader;
import org.glip.data.ImageTextSample;
import org.glip.data.InMemorySource;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Torch;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.FineTuning;
import org.glip.eval.RetrievalResult;
import org.glip.eval.ZeroShotClassifier;
import org.glip.image.EvaluationTransform;
import org.glip.image.Normalization;
import org.glip.mask.Mask;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.sets.EvaluationSet;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;

/** A trained model under test, at the plan's full picture size. */
final class ModelUnderTest implements AutoCloseable {
    private static final PromptTemplates PLAIN = PromptTemplates.of("{}");
    private static final int BATCH = 256;
    private static final long MASK_SEED = 1;

    private final ScenesPlan plan;
    private final ClipTokenizer tokenizer;
    private final NDManager manager;
    private final ClipModel model;
    private final Embedder embedder;

    private ModelUnderTest(ScenesPlan plan, ClipTokenizer tokenizer, NDManager manager, ClipModel model) {
        this.plan = plan;
        this.tokenizer = tokenizer;
        this.manager = manager;
        this.model = model;
        this.embedder = new Embedder(model, tokenizer);
    }

    /**
     * Loads a model.
     *
     * @throws IOException if it is missing or damaged; the message says how to come by it again
     */
    static ModelUnderTest load(Path folder, ScenesPlan plan, ClipTokenizer tokenizer) throws IOException {
        NDManager manager = Torch.newManager();
        try {
            ClipModel model = ModelFolder.load(folder, plan.model(), manager);
            model.use(new Execution(plan.precision(), MatrixRoute.LINEAR));
            return new ModelUnderTest(plan, tokenizer, manager, model);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw new IOException(e.getMessage() + "; delete " + folder.getParent() + " to train again", e);
        }
    }

    EmbeddedSet embed(SampleSource pictures, Mask mask) throws IOException {
        try (BatchLoader loader = BatchLoader.singleEpoch(pictures, tokenizer, loading(BATCH, 0, 0))) {
            return embedder.images(loader, mask, MASK_SEED);
        }
    }

    private LoaderConfig loading(int batch, int buffer, long seed) {
        return new LoaderConfig(
                batch,
                buffer,
                plan.workers(),
                plan.model().text().contextLength(),
                seed,
                new EvaluationTransform(plan.model().vision().imageSize(), Normalization.clip()));
    }

    /** Fine-tunes the image tower, which is changed, and tests it. */
    ClassificationResult fineTune(
            FineTuning tuning, List<ImageTextSample> training, List<ImageTextSample> test, long seed)
            throws IOException {
        LoaderConfig shuffled = loading(Math.min(plan.batchSize(), training.size()), training.size(), seed);
        try (BatchLoader endless =
                        new BatchLoader(new InMemorySource(training), tokenizer, shuffled, StreamPosition.START);
                BatchLoader once = BatchLoader.singleEpoch(new InMemorySource(test), tokenizer, loading(BATCH, 0, 0))) {
            return tuning.run(model, embedder, null, endless, once, report -> {});
        }
    }

    /** Evaluates a set of the field on full pictures. */
    SetEvaluator.SetResult evaluate(EvaluationSet set) {
        return new SetEvaluator(model, tokenizer, Mask.none(), MASK_SEED, BATCH, plan.workers()).evaluate(set);
    }

    /** A classifier whose prompts are the class names alone. */
    ZeroShotClassifier classifier(List<String> classNames) {
        return classifier(classNames, PLAIN);
    }

    ZeroShotClassifier classifier(List<String> classNames, PromptTemplates templates) {
        return ZeroShotClassifier.fromPrompts(classNames, templates::fill, embedder::texts);
    }

    static ClassificationResult classify(ZeroShotClassifier classifier, EmbeddedSet pictures, String field) {
        return classifier.classify(pictures.images(), pictures.labels(classifier.classNames(), field));
    }

    RetrievalResult retrieval(EmbeddedSet pictures) {
        return Evaluation.retrieval(embedder, pictures);
    }

    @Override
    public void close() {
        model.close();
        manager.close();
    }
}
