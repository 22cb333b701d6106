package org.glip.experiment;

import java.io.IOException;
import java.util.List;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.results.TestName;

/**
 * The evaluation of a run on labelled pictures, set by set: zero-shot classification among the set's classes.
 *
 * <p>Metrics: {@code signs masked top-1} (of masked methods), {@code signs unmasked top-1}, {@code signs tuned top-1}
 * and the like with {@code top-5} and {@code mean per-class recall}.
 *
 * @param sets what is tested on
 */
record LabelledEvaluation(List<LabelledShards> sets) implements RunEvaluation {
    private static final int BATCH = 256;

    @Override
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        Findings findings = new Findings();
        Mask mask = run.method().mask();
        try (TestedModel model = TestedModel.load(models.pretrained(), run.plan(), BATCH, progress)) {
            if (!(mask instanceof Mask.None)) {
                test(model, mask, TestName.MASKED, findings);
            }
            test(model, Mask.none(), TestName.UNMASKED, findings);
        }
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), BATCH, progress)) {
            test(model, Mask.none(), TestName.TUNED, findings);
        }
        return findings;
    }

    private void test(TestedModel model, Mask mask, TestName stage, Findings findings) throws IOException {
        for (LabelledShards set : sets) {
            TestName test = TestName.ofSet(set.name(), stage);
            ZeroShotClassifier classifier = model.classifier(set.classes(), LabelledBenchmark.PROMPTS);
            EmbeddedSet pictures = model.embed(test.label(), -1, set.testing(), mask);
            findings.addWithHits(test, TestedModel.classify(classifier, pictures, LabelledShards.LABEL));
        }
    }
}
