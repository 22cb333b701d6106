package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.eval.LabelledFeatures;
import org.glip.eval.LinearProbe;
import org.glip.eval.ProbeSolver;
import org.glip.mask.Mask;
import org.glip.results.Metric;
import org.glip.results.TestName;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;

/**
 * The linear probe of the tuned model's image features on the kinds of concepts:
 * fitted on {@link ScenesSplit#TRAIN}, its regularisation chosen on {@link ScenesSplit#VALIDATION}, tested on {@link
 * ScenesSplit#TEST_STYLE}.
 *
 * <p>Metrics are those of a classification under {@code probe subgroup} and {@code probe group}, and {@code probe
 * subgroup C}, the inverse strength that was chosen, and the like for groups.
 *
 * @param pictures how many training pictures to fit to
 */
public record KindProbe(int pictures) implements FurtherEvaluation {
    private static final double UNUSED_SHARE = 0.25;
    private static final Metric STRENGTH = new Metric("C");

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there are fewer than 2 pictures
     */
    public KindProbe {
        if (pictures < 2) {
            throw new IllegalArgumentException("A linear probe needs at least 2 training pictures, not " + pictures);
        }
    }

    @Override
    public String id() {
        return "linear-probe";
    }

    @Override
    public Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("pictures", Integer.toString(pictures));
        ProbeSolver.logisticRegression().settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        return settings;
    }

    @Override
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        Scenes scenes = ScenesBenchmark.of(run);
        Findings findings = new Findings();
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), ScenesEvaluation.BATCH, progress)) {
            for (String field : List.of("subgroup", "group")) {
                KindsOfConcepts kinds = KindsOfConcepts.of(scenes, field, pictures);
                LinearProbe probe = new LinearProbe(ProbeSolver.logisticRegression(), null, UNUSED_SHARE, run.seed());
                LinearProbe.Result result = probe.evaluate(
                        features(model, "training " + field, kinds, kinds.training()),
                        features(model, "validation " + field, kinds, kinds.validation()),
                        features(model, field, kinds, kinds.test()));
                TestName name = TestName.probe(field);
                findings.addWithHits(name, result.test());
                findings.add(name.metric(STRENGTH), result.regularization());
            }
        }
        return findings;
    }

    private static LabelledFeatures features(
            TestedModel model, String part, KindsOfConcepts kinds, List<ImageTextSample> samples) {
        return LabelledFeatures.of(
                model.embed("linear probe, " + part, samples.size(), SampleSource.inMemory(samples), Mask.none()),
                kinds.classes());
    }
}
