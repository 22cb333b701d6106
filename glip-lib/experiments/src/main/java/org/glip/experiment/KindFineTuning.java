package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.glip.eval.ClassificationResult;
import org.glip.eval.FineTuning;
import org.glip.results.TestName;
import org.glip.scenes.ScenesSplit;
import org.glip.train.FineTuner;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;

/**
 * Fine-tuning of the tuned model, end to end, on the kinds of concepts: on {@link
 * ScenesSplit#TRAIN}, tested on {@link ScenesSplit#TEST_STYLE}. All settings are fixed beforehand, so nothing is chosen
 * and nothing validated.
 *
 * <p>Metrics are those of a classification under {@code fine-tuned subgroup}.
 *
 * @param pictures how many training pictures there are
 * @param epochs passes over them, at least 1
 * @param learningRate peak learning rate of the head
 * @param layerDecay what each lower layer's learning rate is multiplied with once more, in (0, 1]
 */
public record KindFineTuning(int pictures, int epochs, double learningRate, double layerDecay)
        implements FurtherEvaluation {
    private static final double WARM_UP_SHARE = 0.1;
    private static final String FIELD = "subgroup";

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there are fewer than 2 pictures or no epoch
     */
    public KindFineTuning {
        if (pictures < 2 || epochs < 1) {
            throw new IllegalArgumentException(
                    "Fine-tuning needs at least 2 training pictures and 1 epoch, not " + pictures + " and " + epochs);
        }
    }

    @Override
    public String id() {
        return "fine-tuning";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pictures", Integer.toString(pictures));
        settings.put("epochs", Integer.toString(epochs));
        settings.put("learning rate", Double.toString(learningRate));
        settings.put("layer decay", Double.toString(layerDecay));
        return settings;
    }

    @Override
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        KindsOfConcepts kinds = KindsOfConcepts.of(ScenesBenchmark.of(run), FIELD, pictures);
        StageConfig tuned = run.stages(run.benchmark().pairs()).get(Stage.TUNING);
        int count = kinds.training().size();
        int batch = Math.min(tuned.batchSize(), count);
        long steps = Math.max(1, (long) epochs * count / batch);
        FineTuning tuning = new FineTuning(tuner(steps, tuned.optimizer().weightDecay()), kinds.classes());
        Findings findings = new Findings();
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), ScenesEvaluation.BATCH, progress)) {
            ClassificationResult result = model.fineTune(tuning, kinds.training(), kinds.test(), batch, run.seed());
            findings.addWithHits(TestName.fineTuned(FIELD), result);
        }
        return findings;
    }

    private FineTuner tuner(long steps, double weightDecay) {
        OptimizerConfig optimizer = OptimizerConfig.builder()
                .optLearningRate(learningRate)
                .optWeightDecay(weightDecay)
                .optWarmupSteps(Math.max(1, Math.round(steps * WARM_UP_SHARE)))
                .build();
        return new FineTuner(steps, optimizer, layerDecay);
    }
}
