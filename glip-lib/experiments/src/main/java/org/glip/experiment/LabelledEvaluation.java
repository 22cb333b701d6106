package org.glip.experiment;

import java.io.IOException;
import java.util.List;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.results.TestName;

/**
 * The evaluation of a run on labelled pictures, set by set: zero-shot classification among the set's classes.
 *
 * <p>Metrics: {@code signs masked top-1} (of masked methods), {@code signs unmasked top-1}, {@code signs tuned top-1} and
 * the like with {@code top-5} and {@code mean per-class recall}.
 *
 * @param sets what is tested on
 * @param progress told after each set
 */
record LabelledEvaluation(List<LabelledShards> sets, RunProgress progress) implements RunEvaluation {
    private static final int BATCH = 256;

    @Override
    public Findings measure(Run run, TrainedModels models) throws IOException {
        Findings findings = new Findings();
        Mask mask = run.method().mask();
        try (TestedModel model = TestedModel.load(models.pretrained(), run.plan(), BATCH)) {
            if (!(mask instanceof Mask.None)) {
                test(model, mask, TestName.MASKED, findings);
            }
            test(model, Mask.none(), TestName.UNMASKED, findings);
        }
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), BATCH)) {
            test(model, Mask.none(), TestName.TUNED, findings);
        }
        return findings;
    }

    private void test(TestedModel model, Mask mask, TestName stage, Findings findings) throws IOException {
        int done = 0;
        for (LabelledShards set : sets) {
            ZeroShotClassifier classifier = model.classifier(set.classes(), LabelledBenchmark.PROMPTS);
            Predictions said = TestedModel.classify(classifier, model.embed(set.testing(), mask), LabelledShards.LABEL);
            findings.addWithHits(TestName.ofSet(set.name(), stage), said);
            progress.onTest(set.name() + ", " + stage, ++done, sets.size());
        }
    }
}
