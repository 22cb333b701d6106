package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.glip.data.BatchLoader;
import org.glip.data.ImageTextSample;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.eval.ClassificationResult;
import org.glip.eval.Embedder;
import org.glip.eval.Features;
import org.glip.eval.ZeroShotClassifier;
import org.glip.model.ClipConfig;
import org.glip.model.ClipModel;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.ScenesVersion;
import org.glip.text.ClipTokenizer;
import org.glip.train.Validation;

/**
 * How well a model names pictures of the validation split while it is trained: unmasked zero-shot classification over
 * all labels that training shows, {@link ClassificationResult#TOP_1} and {@link ClassificationResult#TOP_5}. The
 * pictures are decoded once and stay in memory.
 */
final class ScenesValidation implements Validation {
    /** The most pictures: enough to see a curve rise, few enough to cost little beside the training. */
    static final int PICTURES = 800;

    private static final int BATCH = 256;
    private static final String LABEL = "label";

    private final ClipTokenizer tokenizer = ClipTokenizer.load();
    private final List<String> classNames;
    private final RunProgress progress;
    private final List<float[]> pixels = new ArrayList<>();
    private final int[] labels;

    private ScenesValidation(
            Scenes scenes, List<ImageTextSample> samples, ClipConfig model, int workers, RunProgress progress)
            throws IOException {
        this.progress = progress;
        classNames = scenes.classNames();
        labels = samples.stream()
                .mapToInt(sample ->
                        classNames.indexOf(sample.metadata().get(LABEL).getAsString()))
                .toArray();
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(BATCH)
                .setContextLength(model.text().contextLength())
                .setTransform(model.evaluationTransform())
                .optWorkers(workers)
                .build();
        try (BatchLoader loader = BatchLoader.singleEpoch(SampleSource.inMemory(samples), tokenizer, loading)) {
            loader.forEachRemaining(batch -> pixels.addAll(batch.pixels()));
        }
    }

    /**
     * Reads the pictures.
     *
     * @param model as it is trained; pictures are made for its image size
     * @param workers threads that decode pictures
     * @param progress told how far each look is
     * @return the validation; nothing where the split shows other concepts than training, as in version 1, or none
     * @throws IOException if a shard cannot be read
     */
    static Optional<Validation> of(Scenes scenes, ClipConfig model, int workers, RunProgress progress)
            throws IOException {
        if (scenes.config().version() == ScenesVersion.V1) {
            return Optional.empty();
        }
        List<ImageTextSample> all = ScenesPictures.first(scenes, ScenesSplit.VALIDATION, Integer.MAX_VALUE);
        int count = Math.min(PICTURES, all.size());
        List<ImageTextSample> some = IntStream.range(0, count)
                .mapToObj(i -> all.get((int) ((long) i * all.size() / count)))
                .toList();
        return some.isEmpty()
                ? Optional.empty()
                : Optional.of(new ScenesValidation(scenes, some, model, workers, progress));
    }

    @Override
    public Map<String, Double> measure(ClipModel model) {
        Embedder embedder = new Embedder(model, tokenizer);
        ZeroShotClassifier classifier = ZeroShotClassifier.fromPrompts(
                classNames,
                ScenesBenchmark.PROMPTS::fill,
                labels -> embedder.texts(
                        labels, done -> progress.onTest("labels of the validation", done, labels.size())));
        Features features = embedder.images(pixels, done -> progress.onTest("validation", done, pixels.size()));
        ClassificationResult result = classifier.classify(features, labels);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ClassificationResult.TOP_1, result.top1());
        figures.put(ClassificationResult.TOP_5, result.top5());
        return figures;
    }
}
