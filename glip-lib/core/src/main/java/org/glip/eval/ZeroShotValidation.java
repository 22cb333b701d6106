package org.glip.eval;

import com.google.gson.JsonObject;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.glip.data.Batch;
import org.glip.data.BatchLoader;
import org.glip.data.CountedBatches;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.model.ClipModel;
import org.glip.text.ClipTokenizer;
import org.glip.text.PromptTemplates;
import org.glip.train.Validation;
import org.jspecify.annotations.Nullable;

/**
 * How well a model names labelled pictures while it is trained: unmasked zero-shot classification, as an evaluation
 * does it; {@link ClassificationResult#TOP_1} and {@link ClassificationResult#TOP_5}. The pictures are read again
 * each time, so that they take no memory meanwhile.
 *
 * <pre>{@code
 * ZeroShotValidation looks = ZeroShotValidation.open(SampleSource.labelledShards("test.tar"), null, "label",
 *         PromptTemplates.photo(), loading, done -> {});
 * Pretraining.builder()...optValidation(500, looks)
 * }</pre>
 */
public final class ZeroShotValidation implements Validation {
    private final SampleSource source;
    private final LoaderConfig loading;
    private final ClassLabels classes;
    private final PromptTemplates prompts;
    private final LongConsumer progress;
    private final int pictures;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();

    private ZeroShotValidation(
            SampleSource source,
            LoaderConfig loading,
            ClassLabels classes,
            PromptTemplates prompts,
            LongConsumer progress,
            int pictures) {
        this.source = source;
        this.loading = loading;
        this.classes = classes;
        this.prompts = prompts;
        this.progress = progress;
        this.pictures = pictures;
    }

    /**
     * Goes through the pictures once, so that what is wrong with them is told before a training begins. What cannot be
     * used is left out and told now, and not again.
     *
     * @param source pictures with their class in the metadata
     * @param classNames the classes in the order of their numbers; null for those that occur, sorted
     * @param labelField the metadata field with the class, a name or a number
     * @param prompts by which the model is asked
     * @param loading batch size, threads, and the model's transform for evaluation
     * @param progress told, whenever pictures are looked at, how many are done; also now
     * @return the validation
     * @throws IllegalArgumentException where a picture lacks the field or names no class (data and picture are named),
     *     or all are of one class
     * @throws UncheckedIOException if the pictures cannot be read, or none can be used
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; its flag stays set
     */
    public static ZeroShotValidation open(
            SampleSource source,
            @Nullable List<String> classNames,
            String labelField,
            PromptTemplates prompts,
            LoaderConfig loading,
            LongConsumer progress) {
        List<String> keys = new ArrayList<>();
        List<JsonObject> metadata = new ArrayList<>();
        try (BatchLoader loader = BatchLoader.singleEpoch(source, ClipTokenizer.load(), loading)) {
            CountedBatches batches = new CountedBatches(loader, progress);
            while (batches.hasNext()) {
                Batch batch = batches.next();
                keys.addAll(batch.keys());
                metadata.addAll(batch.metadata());
            }
        }
        try {
            List<String> names =
                    classNames == null ? Evaluation.classNames(keys, metadata, labelField) : List.copyOf(classNames);
            ClassLabels classes = new ClassLabels(names, labelField);
            int[] labels = new int[keys.size()];
            for (int i = 0; i < labels.length; i++) {
                labels[i] = classes.number(metadata.get(i), i, keys.get(i));
            }
            LabelledFeatures.requireTwoClasses(labels, names);
            return new ZeroShotValidation(source, loading, classes, prompts, progress, labels.length);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(source.describe() + ": " + e.getMessage(), e);
        }
    }

    /** {@return how many pictures there are} */
    public int pictures() {
        return pictures;
    }

    /** {@return how many classes they may be of} */
    public int classes() {
        return classes.names().size();
    }

    @Override
    public Map<String, Double> measure(ClipModel model) {
        Embedder embedder = new Embedder(model, tokenizer);
        ZeroShotClassifier classifier = Evaluation.classifier(embedder, classes.names(), prompts, done -> {});
        ClassificationResult result;
        try (BatchLoader loader = BatchLoader.repeatedEpoch(source, tokenizer, loading)) {
            EmbeddedSet found = embedder.images(new CountedBatches(loader, progress));
            result = Evaluation.zeroShot(classifier, found, classes.field());
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put(ClassificationResult.TOP_1, result.top1());
        figures.put(ClassificationResult.TOP_5, result.top5());
        return figures;
    }
}
