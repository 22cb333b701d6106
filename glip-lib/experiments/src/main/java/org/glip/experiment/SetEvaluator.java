package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.data.BatchLoader;
import org.glip.data.ClassLabel;
import org.glip.data.LoaderConfig;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Embedder;
import org.glip.eval.Evaluation;
import org.glip.eval.ZeroShotClassifier;
import org.glip.image.EvaluationTransform;
import org.glip.image.Normalization;
import org.glip.mask.Mask;
import org.glip.model.ClipModel;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetsFolder;
import org.glip.text.ClipTokenizer;

/**
 * Evaluates a model on the sets of the field: zero-shot classification or retrieval, as the set is. The metrics are those of
 * CLIP_benchmark for sets with one class a picture and for retrieval; the mean average precision of multi-label sets is not
 * among them.
 *
 * @param model the model; it is read, not changed
 * @param tokenizer for prompts and captions
 * @param inference what the image tower is not shown; {@link Mask#none} for ordinary inference
 * @param seed of the masks
 * @param batch pictures computed at once, at least 1
 * @param workers threads that decode pictures, at least 1
 */
public record SetEvaluator(
        ClipModel model, ClipTokenizer tokenizer, Mask inference, long seed, int batch, int workers) {
    /**
     * What an evaluation of a set found.
     *
     * @param set the name of the set
     * @param pictures how many were evaluated
     * @param metrics by the names that result files use, shares in [0, 1]
     * @param skipped which pictures were left out and why, in words
     */
    public record SetResult(String set, int pictures, Map<String, Double> metrics, String skipped) {}

    /**
     * What an evaluation of several sets found.
     *
     * @param results of the sets that are there, in the order asked for
     * @param absent the names of the others
     */
    public record SuiteResult(List<SetResult> results, List<String> absent) {
        /** Copies the lists. */
        public SuiteResult {
            results = List.copyOf(results);
            absent = List.copyOf(absent);
        }
    }

    /**
     * Evaluates one set.
     *
     * @throws java.io.UncheckedIOException if the pictures cannot be read; the message is complete
     */
    public SetResult evaluate(EvaluationSet set) {
        Pictures pictures = embed(set);
        Map<String, Double> metrics = set instanceof ClassificationSet classes
                ? Evaluation.zeroShot(
                                new Embedder(model, tokenizer),
                                pictures.embedded(),
                                classes.classNames(),
                                ClassLabel.NUMBER,
                                classes.templates())
                        .metrics()
                : Evaluation.retrieval(new Embedder(model, tokenizer), pictures.embedded())
                        .metrics();
        return new SetResult(set.name(), pictures.embedded().images().count(), metrics, pictures.skipped());
    }

    /**
     * The classifier of a set's prompts, for several looks at its pictures: ImageNet has 80,000 prompts.
     *
     * @param set whose classes and prompts to take
     * @return the classifier
     */
    public ZeroShotClassifier classifier(ClassificationSet set) {
        return ZeroShotClassifier.fromPrompts(
                set.classNames(), set.templates()::fill, new Embedder(model, tokenizer)::texts);
    }

    /**
     * Classifies the pictures of a set.
     *
     * @param set the pictures
     * @param classifier of its classes, by the same model
     * @return which were right, and the accuracies
     * @throws java.io.UncheckedIOException if the pictures cannot be read; the message is complete
     */
    public ClassificationResult classify(ClassificationSet set, ZeroShotClassifier classifier) {
        return Evaluation.zeroShot(classifier, embed(set).embedded(), ClassLabel.NUMBER);
    }

    /** What was embedded, and what was left out. */
    private record Pictures(EmbeddedSet embedded, String skipped) {}

    private Pictures embed(EvaluationSet set) {
        LoaderConfig loading = new LoaderConfig(
                batch,
                0,
                workers,
                model.config().text().contextLength(),
                seed,
                new EvaluationTransform(model.config().vision().imageSize(), Normalization.clip()));
        try (BatchLoader loader = BatchLoader.singleEpoch(set.source(), tokenizer, loading)) {
            EmbeddedSet pictures = new Embedder(model, tokenizer).images(loader, inference, seed);
            return new Pictures(pictures, loader.skipped().summary());
        }
    }

    /**
     * Evaluates those of some sets that lie in a folder, such as ImageNet and its robustness sets.
     *
     * @param folder the sets
     * @param names CLIP_benchmark's names, such as {@link SetsFolder#imageNetRobustness}
     * @return a result for each set that is there, and the names of the others
     * @throws IOException if a set is there and is incomplete or wrong
     */
    public SuiteResult evaluateAll(SetsFolder folder, List<String> names) throws IOException {
        List<SetResult> results = new ArrayList<>();
        List<String> absent = new ArrayList<>();
        List<EvaluationSet> present = new ArrayList<>();
        // all are opened before the first is computed, so that a wrong one is told at once and not after hours
        for (String name : names) {
            Optional<EvaluationSet> set = folder.open(name);
            set.ifPresentOrElse(present::add, () -> absent.add(name));
        }
        present.forEach(set -> results.add(evaluate(set)));
        return new SuiteResult(results, absent);
    }
}
