package org.glip.experiment;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Torch;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.mask.NoMask;
import org.glip.model.ClipModel;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.text.ClipTokenizer;

/**
 * Evaluates a pair of trained models on the sets of the field (paper, section on experiments): the main set masked, unmasked and
 * after tuning; the tuned model on all others that are there.
 *
 * <p>Metrics: {@code masked top-1} (of masked methods), {@code unmasked top-1}, {@code tuned top-1} and the like with {@code top-5}
 * and {@code mean per-class recall}; {@code robust imagenet-a top-1}, {@code food101 top-1}, {@code flickr30k text-to-image
 * recall@1}.
 */
final class ShardEvaluation {
    private static final int BATCH = 64;
    private static final long MASK_SEED = 1;

    private final ShardPlan plan;
    private final ClassificationSet test;
    private final List<EvaluationSet> others;
    private final ClipTokenizer tokenizer = ClipTokenizer.load();

    private ShardEvaluation(ShardPlan plan, ClassificationSet test, List<EvaluationSet> others) {
        this.plan = plan;
        this.test = test;
        this.others = others;
    }

    /**
     * Opens the sets.
     *
     * @throws IOException if the main one is missing, or one is there and is incomplete or wrong
     */
    static ShardEvaluation open(ShardData data, ShardPlan plan) throws IOException {
        return new ShardEvaluation(plan, data.testSet(), data.otherSets());
    }

    /**
     * Evaluates.
     *
     * @throws IOException if models cannot be read
     * @throws java.io.UncheckedIOException if pictures cannot be read; the message is complete
     */
    Findings evaluate(Mask mask, Path pretrained, Path tuned) throws IOException {
        Findings findings = new Findings(Map.of());
        withModel(pretrained, model -> {
            SetEvaluator whole = evaluator(model, Mask.none());
            ZeroShotClassifier classifier = whole.classifier(test);
            if (!(mask instanceof NoMask)) {
                findings.addWithHits("masked", evaluator(model, mask).classify(test, classifier));
            }
            findings.addWithHits("unmasked", whole.classify(test, classifier));
        });
        withModel(tuned, model -> {
            SetEvaluator evaluator = evaluator(model, Mask.none());
            findings.addWithHits("tuned", evaluator.classify(test, evaluator.classifier(test)));
            for (EvaluationSet set : others) {
                String name = ShardData.isRobustness(set) ? "robust " + set.name() : set.name();
                findings.add(name, evaluator.evaluate(set).metrics());
            }
        });
        return findings;
    }

    private SetEvaluator evaluator(ClipModel model, Mask mask) {
        return new SetEvaluator(model, tokenizer, mask, MASK_SEED, BATCH, plan.workers());
    }

    /** What is done with a model. */
    @FunctionalInterface
    private interface Work {
        void on(ClipModel model);
    }

    /** Loaded at the full picture size: where the pre-training saw small pictures, the position embedding is interpolated. */
    private void withModel(Path folder, Work work) throws IOException {
        try (NDManager manager = Torch.newManager();
                ClipModel model = ModelFolder.load(folder, plan.model(), manager)) {
            model.use(new Execution(plan.precision(), MatrixRoute.LINEAR));
            work.on(model);
        }
    }
}
