package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import org.glip.data.WebDatasetSource;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.RetrievalResult;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.mask.NoMask;
import org.glip.results.RunResult;
import org.glip.scenes.ScenesLabels;
import org.glip.scenes.ScenesSplit;
import org.glip.text.ClipTokenizer;

/**
 * Evaluates a pair of trained models on Scenes (paper, section on experiments): zero-shot classification of a drawing style that
 * they never saw, masked, unmasked and after tuning; and for the tuned model the readable labels, concepts that no training
 * picture shows (kinds, and retrieval both ways), and the robustness tests.
 *
 * <p>Metrics are the training's and then, all as shares: {@code NAME top-1}, {@code NAME top-5} and {@code NAME mean per-class
 * recall} for NAME in {@code masked} (of masked methods), {@code unmasked}, {@code tuned}, {@code readable}, {@code subgroup} and
 * {@code group}; {@code text-to-image recall@1} and the like; {@code robust PRESET top-1}, {@code robust landscapes top-1}.
 */
public final class ScenesEvaluation {
    private static final String LABEL = "label";

    private final String command;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();

    /** @param command what a person types to run this, for the provenance */
    public ScenesEvaluation(String command) {
        this.command = command;
    }

    /**
     * Evaluates.
     *
     * @param run what was trained
     * @param models its models
     * @return figures and predictions
     * @throws IOException if data or models cannot be read; the file is named
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public ScenesOutcome evaluate(ScenesRun run, TrainedModels models) throws IOException {
        return Interruptible.run("evaluation", () -> outcome(run, models));
    }

    private ScenesOutcome outcome(ScenesRun run, TrainedModels models) throws IOException {
        Findings findings = new Findings(models.training().metrics());
        ClassificationResult unmasked;
        try (ModelUnderTest model = ModelUnderTest.load(models.pretrained(), run.plan(), tokenizer)) {
            unmasked = pretrained(run, model, findings);
        }
        try (ModelUnderTest model = ModelUnderTest.load(models.tuned(), run.plan(), tokenizer)) {
            ScenesLabels labels = run.scenes().labels(ScenesSplit.TEST_STYLE);
            EmbeddedSet pictures = embed(run, model, ScenesSplit.TEST_STYLE, Mask.none());
            ClassificationResult tuned = findings.addWithHits(
                    "tuned", ModelUnderTest.classify(model.classifier(labels.labels()), pictures, LABEL));
            EmbeddedSet plain = pictures.where(LABEL, Set.copyOf(labels.readable()));
            ClassificationResult readable = findings.add(
                    "readable", ModelUnderTest.classify(model.classifier(labels.readable()), plain, LABEL));
            unseenConcepts(run, model, findings);
            findings.metrics().putAll(new RobustnessSets(model).run(run.scenes()));
            RunResult result =
                    new RunResult(run.settings(), findings.metrics(), findings.hits(), run.provenance(command));
            return new ScenesOutcome(result, models, unmasked, tuned, readable, plain.keys());
        }
    }

    private static ClassificationResult pretrained(ScenesRun run, ModelUnderTest model, Findings findings)
            throws IOException {
        ZeroShotClassifier classifier =
                model.classifier(run.scenes().labels(ScenesSplit.TEST_STYLE).labels());
        Mask mask = run.method().mask();
        if (!(mask instanceof NoMask)) {
            EmbeddedSet pictures = embed(run, model, ScenesSplit.TEST_STYLE, mask);
            findings.addWithHits("masked", ModelUnderTest.classify(classifier, pictures, LABEL));
        }
        EmbeddedSet pictures = embed(run, model, ScenesSplit.TEST_STYLE, Mask.none());
        return findings.addWithHits("unmasked", ModelUnderTest.classify(classifier, pictures, LABEL));
    }

    /** Concepts that training never showed have no label that it could know; their kinds and their captions are tested. */
    private static void unseenConcepts(ScenesRun run, ModelUnderTest model, Findings findings) throws IOException {
        EmbeddedSet concepts = embed(run, model, ScenesSplit.TEST_CONCEPTS, Mask.none());
        ScenesLabels labels = run.scenes().labels(ScenesSplit.TEST_CONCEPTS);
        Map<String, List<String>> kinds = new LinkedHashMap<>();
        kinds.put("subgroup", labels.subgroups());
        kinds.put("group", labels.groups());
        kinds.forEach((field, names) -> {
            if (names.size() > 1) {
                findings.add(field, ModelUnderTest.classify(model.classifier(names), concepts, field));
            }
        });
        RetrievalResult retrieval = model.retrieval(concepts);
        for (int k : new int[] {1, 5, 10}) {
            findings.metrics().put("text-to-image recall@" + k, retrieval.textToImageRecall(k));
            findings.metrics().put("image-to-text recall@" + k, retrieval.imageToTextRecall(k));
        }
    }

    private static EmbeddedSet embed(ScenesRun run, ModelUnderTest model, ScenesSplit split, Mask mask)
            throws IOException {
        return model.embed(new WebDatasetSource(run.scenes().shards(split)), mask);
    }
}
