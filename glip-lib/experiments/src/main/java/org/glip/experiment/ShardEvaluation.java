package org.glip.experiment;

import java.io.IOException;
import java.util.List;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.results.TestName;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetsFolder;

/**
 * The evaluation of a run on the sets of the field: the main set masked, unmasked and
 * after tuning; the tuned model on all others that are there.
 *
 * <p>Metrics: {@code masked top-1} (of masked methods), {@code unmasked top-1}, {@code tuned top-1} and the like with
 * {@code top-5} and {@code mean per-class recall}; {@code robust imagenet-a top-1}, {@code food101 top-1}, {@code
 * flickr30k text-to-image recall@1}.
 *
 * @param test the main set
 * @param others the other sets
 */
record ShardEvaluation(ClassificationSet test, List<EvaluationSet> others) implements RunEvaluation {
    private static final int BATCH = 64;

    @Override
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        Findings findings = new Findings();
        Mask mask = run.method().mask();
        try (TestedModel model = TestedModel.load(models.pretrained(), run.plan(), BATCH, progress)) {
            ZeroShotClassifier classifier = classifier(model);
            if (!(mask instanceof Mask.None)) {
                findings.addWithHits(TestName.MASKED, model.classify(classifier, test, mask));
            }
            findings.addWithHits(TestName.UNMASKED, model.classify(classifier, test, Mask.none()));
        }
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), BATCH, progress)) {
            findings.addWithHits(TestName.TUNED, model.classify(classifier(model), test, Mask.none()));
            for (EvaluationSet set : others) {
                TestedModel.SetResult found = model.evaluate(set);
                findings.add(name(set), found.measures(), found.pictures());
            }
        }
        return findings;
    }

    private ZeroShotClassifier classifier(TestedModel model) {
        return model.classifier(test.classNames(), model.promptsOr(test.templates()));
    }

    private static TestName name(EvaluationSet set) {
        return SetsFolder.imageNetRobustness().contains(set.name())
                ? TestName.robust(set.name())
                : new TestName(set.name());
    }
}
