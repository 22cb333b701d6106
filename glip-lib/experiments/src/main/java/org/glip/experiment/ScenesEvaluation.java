package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.glip.data.SampleSource;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.Retrieval;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.results.Metric;
import org.glip.results.TestName;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesLabels;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesSplit;
import org.glip.scenes.ScenesVersion;

/**
 * The evaluation of a run on Scenes: zero-shot classification of the {@linkplain ScenesVersion#test test split},
 * masked, unmasked and after tuning; and for the tuned model the style that training never showed, concepts that no
 * training picture shows (kinds, and retrieval both ways), and the robustness tests.
 *
 * <p>Metrics, all as shares: {@code NAME top-1}, {@code NAME top-5} and {@code NAME mean per-class recall} for NAME in
 * {@code masked} (of masked methods), {@code unmasked}, {@code tuned}, {@code subgroup}, {@code group}; from version 2
 * on {@code unseen drawings}, which is the tuned model again, and {@code unseen style}; in version 1 {@code readable};
 * {@code text-to-image recall@1} and the like; {@code robust PRESET top-1}, {@code robust landscapes top-1}.
 *
 * @param scenes the data
 * @param testsRobustness whether {@link RobustnessSets} are among the tests
 */
record ScenesEvaluation(Scenes scenes, boolean testsRobustness) implements RunEvaluation {
    /** Pictures computed at once. */
    static final int BATCH = 256;

    private static final String LABEL = "label";

    /** What progress calls them; their figures have other names. */
    private static final TestName UNSEEN_CONCEPTS = new TestName("unseen concepts");

    @Override
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        Findings findings = new Findings();
        try (TestedModel model = TestedModel.load(models.pretrained(), run.plan(), BATCH, progress)) {
            pretrained(run.method().mask(), model, findings);
        }
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), BATCH, progress)) {
            tuned(model, findings);
            unseenConcepts(model, findings);
            if (testsRobustness) {
                new RobustnessSets(model, progress).measure(scenes, findings);
            }
        }
        return findings;
    }

    private void tuned(TestedModel model, Findings findings) throws IOException {
        ZeroShotClassifier classifier = model.classifier(scenes.classNames());
        EmbeddedSet pictures = embed(model, TestName.TUNED, test(), Mask.none());
        Predictions predictions = TestedModel.classify(classifier, pictures, LABEL);
        findings.addWithHits(TestName.TUNED, predictions);
        if (scenes.config().version() == ScenesVersion.V1) {
            List<String> readable = scenes.labels(test()).readable();
            EmbeddedSet plain = pictures.where(LABEL, Set.copyOf(readable));
            findings.add(TestName.READABLE, TestedModel.classify(model.classifier(readable), plain, LABEL));
        } else {
            findings.add(TestName.UNSEEN_DRAWINGS, predictions);
            EmbeddedSet style = embed(model, TestName.UNSEEN_STYLE, ScenesSplit.TEST_STYLE, Mask.none());
            findings.add(TestName.UNSEEN_STYLE, TestedModel.classify(classifier, style, LABEL));
        }
    }

    private ScenesSplit test() {
        return scenes.config().version().test();
    }

    private void pretrained(Mask mask, TestedModel model, Findings findings) throws IOException {
        ZeroShotClassifier classifier = model.classifier(scenes.classNames());
        if (!(mask instanceof Mask.None)) {
            EmbeddedSet pictures = embed(model, TestName.MASKED, test(), mask);
            findings.addWithHits(TestName.MASKED, TestedModel.classify(classifier, pictures, LABEL));
        }
        EmbeddedSet pictures = embed(model, TestName.UNMASKED, test(), Mask.none());
        findings.addWithHits(TestName.UNMASKED, TestedModel.classify(classifier, pictures, LABEL));
    }

    /**
     * Concepts that training never showed have no label that it could know; their kinds and their captions are tested.
     */
    private void unseenConcepts(TestedModel model, Findings findings) throws IOException {
        EmbeddedSet concepts = embed(model, UNSEEN_CONCEPTS, ScenesSplit.TEST_CONCEPTS, Mask.none());
        ScenesLabels labels = scenes.labels(ScenesSplit.TEST_CONCEPTS);
        Map<TestName, List<String>> kinds = new LinkedHashMap<>();
        kinds.put(TestName.SUBGROUP, labels.subgroups());
        kinds.put(TestName.GROUP, labels.groups());
        kinds.forEach((field, names) -> {
            if (names.size() > 1) {
                findings.add(field, TestedModel.classify(model.classifier(names), concepts, field.label()));
            }
        });
        Retrieval.Result retrieval = model.retrieval(concepts);
        int captions = retrieval.textToImageRanks().length;
        int pictures = retrieval.imageToTextRanks().length;
        for (int k : new int[] {1, 5, 10}) {
            findings.add(Metric.textToImageRecall(k), retrieval.textToImageRecall(k), captions);
            findings.add(Metric.imageToTextRecall(k), retrieval.imageToTextRecall(k), pictures);
        }
    }

    private EmbeddedSet embed(TestedModel model, TestName test, ScenesSplit split, Mask mask) throws IOException {
        int total = scenes.samples(split);
        return model.embed(test.label(), total, SampleSource.shards(scenes.shards(split)), mask);
    }

    /** How many pictures one run's models look at in all. */
    int pictures() throws IOException {
        int looksAtTest = 3;
        int others = scenes.samples(ScenesSplit.TEST_STYLE) + scenes.samples(ScenesSplit.TEST_CONCEPTS);
        int robust = testsRobustness ? ScenesPreset.values().length - 1 : 0;
        return (looksAtTest + robust) * scenes.samples(test()) + others;
    }
}
