package org.glip.cli;

import com.google.gson.Gson;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleMetadata;
import org.glip.data.SampleSource;
import org.glip.data.StreamPosition;
import org.glip.eval.ClassLabels;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.Features;
import org.glip.eval.FineTuning;
import org.glip.eval.LabelledFeatures;
import org.glip.eval.LinearProbe;
import org.glip.eval.MultiLabelResult;
import org.glip.eval.PictureEmbedding;
import org.glip.eval.Retrieval;
import org.glip.eval.ZeroShotClassifier;
import org.glip.image.ImageTransform;
import org.glip.mask.Mask;
import org.glip.model.ClipModel;
import org.glip.results.Metric;
import org.glip.results.TestName;
import org.glip.stats.ConfidenceInterval;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.glip.train.FineTuner;
import org.jspecify.annotations.Nullable;

/** The evaluations of {@code glip evaluate} on one model. */
final class EvaluationTasks {
    private static final int SHUFFLE = 5000;
    private static final double LEVEL = 0.95;
    private static final int RESAMPLES = 1000;

    private final ClipModel model;
    private final View view;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final Embedder embedder;
    private final PictureEmbedding embedding;
    private final Pictures pictures;
    private final StagedProgress progress;

    /** The names of the two sets of pictures, to learn from and to be tested by. */
    static final String TRAINING = "training";

    static final String TEST = "test";

    /** Where the features of pictures come from. */
    @FunctionalInterface
    interface Pictures {
        /** Those of a set: embedded here, or by others. */
        PictureEmbedding.Found find(PictureEmbedding embedding, String set, SampleSource source) throws IOException;
    }

    /**
     * How pictures are looked at.
     *
     * @param mask what the model does not see
     * @param draws masks a picture
     * @param seed of masks and order
     * @param batch pictures computed at once
     * @param workers threads that decode
     */
    record View(Mask mask, int draws, long seed, int batch, int workers) {}

    /**
     * What an evaluation found.
     *
     * @param metrics figures by name
     * @param details what else belongs into the provenance
     * @param classified what was said of each picture, or null after retrieval and where pictures have several classes
     */
    record Outcome(
            Map<String, Double> metrics,
            Map<String, String> details,
            @Nullable ClassificationResult classified) {}

    /** Accuracies with their 95 % intervals by the bootstrap over the test pictures. */
    private Map<String, Double> accuracies(ClassificationResult result) {
        Map<String, Double> metrics = new LinkedHashMap<>(result.metrics());
        addInterval(metrics, Metric.TOP_1, ConfidenceInterval.ofTop1(result, LEVEL, RESAMPLES, view.seed));
        addInterval(
                metrics,
                Metric.MEAN_PER_CLASS_RECALL,
                ConfidenceInterval.ofMeanPerClassRecall(result, LEVEL, RESAMPLES, view.seed));
        return metrics;
    }

    private static void addInterval(Map<String, Double> metrics, Metric metric, ConfidenceInterval interval) {
        metrics.put(metric.low().name(), interval.low());
        metrics.put(metric.high().name(), interval.high());
    }

    /**
     * @param pictures where their features come from
     * @param progress told how far each part is
     */
    EvaluationTasks(ClipModel model, View view, Pictures pictures, StagedProgress progress) {
        this.model = model;
        this.progress = progress;
        this.view = view;
        this.embedder = new Embedder(model, tokenizer);
        this.pictures = pictures;
        this.embedding = new PictureEmbedding(
                embedder,
                loading(view.batch, 0, model.config().evaluationTransform()),
                new PictureEmbedding.View(view.mask, view.seed, view.draws));
    }

    /** How pictures are embedded here. */
    PictureEmbedding embedding() {
        return embedding;
    }

    Outcome zeroShot(SampleSource test, Labelling labels) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        EmbeddedSet pictures = embed(test, TEST, details);
        ClassLabels classes = labels.of(pictures);
        labels.describe(details);
        ClassificationResult result = Evaluation.zeroShot(classifier(classes, labels), pictures, classes.field());
        return new Outcome(accuracies(result), details, result);
    }

    /** Zero-shot classification of pictures that may have several classes each. */
    Outcome zeroShotOfSeveral(SampleSource test, Labelling labels) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        EmbeddedSet pictures = embed(test, TEST, details);
        labels.describe(details);
        details.put("label field", SampleMetadata.CLASSES);
        MultiLabelResult result = classifier(labels.of(pictures), labels).rank(pictures);
        return new Outcome(result.metrics(), details, null);
    }

    Outcome retrieval(SampleSource test) throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        EmbeddedSet pictures = embed(test, TEST, details);
        Retrieval.Result found = Evaluation.retrieval(pictures, captions -> texts("captions", captions));
        return new Outcome(found.metrics(), details, null);
    }

    Outcome linearProbe(SampleSource training, SampleSource test, Labelling labels, LinearProbe probe)
            throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        EmbeddedSet learned = embed(training, TRAINING, details);
        ClassLabels classes = labels.of(learned);
        EmbeddedSet asked = embed(test, TEST, details);
        progress.update("fitting the probe", 0, StagedProgress.UNKNOWN);
        LinearProbe.Result result =
                probe.evaluate(labelled(training, learned, classes), labelled(test, asked, classes));
        labels.describe(details);
        details.putAll(probe.solver().settings());
        details.put(probe.solver().regularizationName(), Double.toString(result.regularization()));
        details.put("validation share", Double.toString(probe.validationShare()));
        Map<String, Double> metrics = accuracies(result.test());
        if (result.validationAccuracy() != null) {
            metrics.put(TestName.VALIDATION.top1().name(), result.validationAccuracy());
        }
        return new Outcome(metrics, details, result.test());
    }

    /** Labels, with the data set named where they are wrong. */
    private static LabelledFeatures labelled(SampleSource source, EmbeddedSet pictures, ClassLabels classes) {
        try {
            return LabelledFeatures.of(pictures, classes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source.describe() + ": " + e.getMessage(), e);
        }
    }

    Outcome fineTune(SampleSource training, SampleSource test, Labelling labels, SupervisedOptions options)
            throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        ClassLabels classes = labels.known(EvaluateCommand.FINE_TUNE);
        FineTuner config = options.fineTuning(training.countSamples());
        ZeroShotClassifier texts = options.beginsAtTexts() ? classifier(classes, labels) : null;
        ImageTransform crop = model.config().trainingCrop();
        try (BatchLoader learned = new BatchLoader(
                        training, tokenizer, loading(options.trainBatch(), SHUFFLE, crop), StreamPosition.START);
                BatchLoader asked = evaluation(test)) {
            ClassificationResult result = new FineTuning(config, classes)
                    .run(
                            model,
                            embedder,
                            texts,
                            learned,
                            progress.counted("pictures", asked),
                            report -> progress.step(EvaluateCommand.FINE_TUNE, report));
            labels.describe(details);
            details.put("fine-tuning", new Gson().toJson(config));
            details.put("training batch", Integer.toString(options.trainBatch()));
            details.put("head", texts == null ? "zero" : "text");
            details.put("augmentation", crop.describe());
            details.put("preprocessing", model.config().evaluationTransform().describe());
            details.put("training skipped", learned.skipped().summary());
            details.put("pictures", Integer.toString(result.count()));
            details.put("skipped", asked.skipped().summary());
            return new Outcome(accuracies(result), details, result);
        }
    }

    private ZeroShotClassifier classifier(ClassLabels classes, Labelling labels) {
        PromptTemplates templates = labels.prompts().templates();
        long total = (long) classes.names().size() * templates.templates().size();
        return Evaluation.classifier(
                embedder, classes.names(), templates, done -> progress.update("prompts", done, total));
    }

    private Features texts(String kind, List<String> texts) {
        return embedder.texts(texts, done -> progress.update(kind, done, texts.size()));
    }

    private EmbeddedSet embed(SampleSource source, String set, Map<String, String> details) throws IOException {
        PictureEmbedding.Found found = pictures.find(embedding, set, source);
        String part = set.equals(TEST) ? "" : set + " ";
        details.put(
                part + "pictures", Integer.toString(found.pictures().images().count()));
        details.put(part + "skipped", found.skipped().summary());
        details.put("preprocessing", model.config().evaluationTransform().describe());
        return found.pictures();
    }

    private BatchLoader evaluation(SampleSource source) {
        ImageTransform transform = model.config().evaluationTransform();
        return BatchLoader.singleEpoch(source, tokenizer, loading(view.batch, 0, transform));
    }

    private LoaderConfig loading(int batch, int shuffle, ImageTransform transform) {
        int context = model.config().text().contextLength();
        return LoaderConfig.builder()
                .setBatchSize(batch)
                .setContextLength(context)
                .setTransform(transform)
                .optShuffleBuffer(shuffle)
                .optWorkers(view.workers)
                .optSeed(view.seed)
                .optMaxBadPercent(100) // the result file tells what was left out
                .build();
    }
}
