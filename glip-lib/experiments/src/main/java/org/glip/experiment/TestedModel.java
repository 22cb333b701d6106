package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.glip.data.Batch;
import org.glip.data.BatchLoader;
import org.glip.data.CountedBatches;
import org.glip.data.ImageTextSample;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Torch;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.FineTuning;
import org.glip.eval.Retrieval;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.LabelledSet;
import org.glip.sets.MultiLabelSet;
import org.glip.sets.SetsFolder;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/**
 * A model under test, at its full picture size. On the sets of the field the measures are those of CLIP_benchmark for
 * sets with one class a picture and for retrieval; the mean average precision of multi-label sets is not among them.
 */
final class TestedModel implements AutoCloseable {
    private static final long MASK_SEED = 1;

    private final NDManager manager;
    private final ClipModel model;
    private final @Nullable PromptTemplates prompts;
    private final int batch;
    private final int workers;
    private final RunProgress progress;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final Embedder embedder;

    /**
     * What the evaluation of a set found.
     *
     * @param set the name of the set
     * @param pictures how many were evaluated
     * @param measures by the names that result files use, shares in [0, 1]
     */
    record SetResult(String set, int pictures, Map<String, Double> measures) {}

    /**
     * What the evaluation of several sets found.
     *
     * @param results of the sets that are there, in the order asked for
     * @param absent the names of the others
     */
    record SuiteResult(List<SetResult> results, List<String> absent) {}

    /**
     * @param manager owner of the model; closed with this
     * @param model closed with this
     * @param prompts the model's own, or null
     * @param batch pictures computed at once, at least 1
     * @param workers threads that decode pictures, at least 1
     * @param progress told how far each test is
     */
    TestedModel(
            NDManager manager,
            ClipModel model,
            @Nullable PromptTemplates prompts,
            int batch,
            int workers,
            RunProgress progress) {
        this.manager = manager;
        this.model = model;
        this.prompts = prompts;
        this.batch = batch;
        this.workers = workers;
        this.progress = progress;
        this.embedder = new Embedder(model, tokenizer);
    }

    /**
     * Loads a model of a run. Where the pre-training saw small pictures, the position embedding is interpolated.
     *
     * @param folder the model's, in that of the run
     * @param plan of the run
     * @param batch pictures computed at once, at least 1
     * @param progress told how far each test is
     * @throws IOException if it is missing or damaged; the message says how to come by it again
     */
    static TestedModel load(Path folder, Plan plan, int batch, RunProgress progress) throws IOException {
        NDManager manager = Torch.newManager();
        try {
            ClipModel model = ModelFolder.load(folder, plan.model(), manager);
            model.use(new Execution(plan.precision(), MatrixRoute.LINEAR));
            PromptTemplates prompts = ModelFolder.prompts(folder).orElse(null);
            return new TestedModel(manager, model, prompts, batch, plan.workers(), progress);
        } catch (IOException | RuntimeException e) {
            manager.close();
            throw new IOException(e.getMessage() + "; delete " + folder.getParent() + " to train again", e);
        }
    }

    /**
     * Embeds pictures.
     *
     * @param test what progress calls them
     * @param total how many there are, or -1 where that is not known
     */
    EmbeddedSet embed(String test, long total, SampleSource pictures, Mask mask) {
        try (BatchLoader loader = BatchLoader.singleEpoch(pictures, tokenizer, loading(batch, 0, 0))) {
            return embedder.images(counted(loader, test, total), mask, MASK_SEED);
        }
    }

    private Iterator<Batch> counted(Iterator<Batch> batches, String test, long total) {
        return new CountedBatches(batches, done -> progress.onTest(test, done, total));
    }

    private LoaderConfig loading(int pictures, int buffer, long seed) {
        return LoaderConfig.builder()
                .setBatchSize(pictures)
                .setContextLength(model.config().text().contextLength())
                .setTransform(model.config().evaluationTransform())
                .optShuffleBuffer(buffer)
                .optWorkers(workers)
                .optSeed(seed)
                .build();
    }

    /** The sentences that the model records, else others. */
    PromptTemplates promptsOr(PromptTemplates others) {
        return prompts == null ? others : prompts;
    }

    /** A classifier of a model of Scenes, asked by its prompts; models from before these were recorded by the same. */
    ZeroShotClassifier classifier(List<String> classNames) {
        return classifier(classNames, promptsOr(ScenesBenchmark.PROMPTS));
    }

    /** A classifier of the averages of some prompts, for several looks at pictures: ImageNet has 80,000 prompts. */
    ZeroShotClassifier classifier(List<String> classNames, PromptTemplates templates) {
        long total = (long) classNames.size() * templates.templates().size();
        return Evaluation.classifier(embedder, classNames, templates, done -> progress.onTest("prompts", done, total));
    }

    /** Classifies pictures whose class stands in a field of their metadata. */
    static Predictions classify(ZeroShotClassifier classifier, EmbeddedSet pictures, String field) {
        int[] labels = pictures.labels(classifier.classNames(), field);
        return new Predictions(pictures.keys(), classifier.classify(pictures.images(), labels));
    }

    /** Classifies the pictures of a set under a mask. */
    Predictions classify(ZeroShotClassifier classifier, ClassificationSet set, Mask mask) {
        EmbeddedSet pictures = embed(set.name(), -1, set.source(), mask);
        return new Predictions(pictures.keys(), Evaluation.zeroShot(classifier, pictures, SampleMetadata.CLASS));
    }

    Retrieval.Result retrieval(EmbeddedSet pictures) {
        return Evaluation.retrieval(
                pictures, texts -> embedder.texts(texts, done -> progress.onTest("captions", done, texts.size())));
    }

    /**
     * Evaluates a set of the field on full pictures, as the set is: zero-shot classification or retrieval. The model is
     * asked by its own prompts, where it records some, else by the set's.
     *
     * @throws java.io.UncheckedIOException if the pictures cannot be read; the message is complete
     */
    SetResult evaluate(EvaluationSet set) {
        EmbeddedSet pictures = embed(set.name(), -1, set.source(), Mask.none());
        Map<String, Double> measures;
        if (set instanceof ClassificationSet classes) {
            measures = Evaluation.zeroShot(classifier(classes), pictures, SampleMetadata.CLASS)
                    .metrics();
        } else if (set instanceof MultiLabelSet classes) {
            measures = classifier(classes).rank(pictures).metrics();
        } else {
            measures = retrieval(pictures).metrics();
        }
        return new SetResult(set.name(), pictures.images().count(), measures);
    }

    private ZeroShotClassifier classifier(LabelledSet set) {
        return classifier(set.classNames(), promptsOr(set.templates()));
    }

    /**
     * Evaluates those of some sets that lie in a folder, such as ImageNet and its robustness sets.
     *
     * @param folder the sets
     * @param names CLIP_benchmark's names, such as {@link SetsFolder#imageNetRobustness}
     * @return a result for each set that is there, and the names of the others
     * @throws IOException if a set is there and is incomplete or wrong
     */
    SuiteResult evaluateAll(SetsFolder folder, List<String> names) throws IOException {
        List<String> absent = new ArrayList<>();
        List<EvaluationSet> present = new ArrayList<>();
        // all are opened before the first is computed, so that a wrong one is told at once and not after hours
        for (String name : names) {
            folder.open(name).ifPresentOrElse(present::add, () -> absent.add(name));
        }
        return new SuiteResult(present.stream().map(this::evaluate).toList(), absent);
    }

    /** Fine-tunes the image tower, which is changed, and tests it. */
    ClassificationResult fineTune(
            FineTuning tuning, List<ImageTextSample> training, List<ImageTextSample> test, int trainingBatch, long seed)
            throws IOException {
        LoaderConfig shuffled = loading(trainingBatch, training.size(), seed);
        try (BatchLoader endless =
                        new BatchLoader(SampleSource.inMemory(training), tokenizer, shuffled, StreamPosition.START);
                BatchLoader once =
                        BatchLoader.singleEpoch(SampleSource.inMemory(test), tokenizer, loading(batch, 0, 0))) {
            return tuning.run(
                    model,
                    embedder,
                    null,
                    endless,
                    counted(once, "fine-tuned", test.size()),
                    report -> progress.onTest("fine-tuning step", report.step(), report.totalSteps()));
        }
    }

    @Override
    public void close() {
        model.close();
        manager.close();
    }
}
