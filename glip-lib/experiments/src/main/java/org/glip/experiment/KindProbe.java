package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.glip.data.ImageTextSample;
import org.glip.data.InMemorySource;
import org.glip.eval.Hits;
import org.glip.eval.LabelledFeatures;
import org.glip.eval.LinearProbe;
import org.glip.eval.LogisticRegression;
import org.glip.mask.Mask;
import org.glip.scenes.ScenesSplit;
import org.glip.text.ClipTokenizer;

/**
 * The linear probe of the tuned model's image features on the kinds of concepts (paper, section on linear probing): fitted on {@link
 * ScenesSplit#TRAIN}, its regularisation chosen on {@link ScenesSplit#VALIDATION}, tested on {@link ScenesSplit#TEST_STYLE}.
 *
 * <p>Metrics are those of a classification under {@code probe subgroup} and {@code probe group}, and {@code probe subgroup C}, the
 * inverse strength that was chosen, and the like for groups.
 *
 * @param pictures how many training pictures to fit to
 */
public record KindProbe(int pictures) implements FurtherTest {
    private static final double UNUSED_SHARE = 0.25;

    /**
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
        LogisticRegression.clip().settings().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .forEach(entry -> settings.put(entry.getKey(), entry.getValue()));
        return settings;
    }

    @Override
    public Figures measure(ScenesRun run, TrainedModels models) throws IOException {
        Map<String, Double> metrics = new LinkedHashMap<>();
        Map<String, Hits> hits = new LinkedHashMap<>();
        try (ModelUnderTest model = ModelUnderTest.load(models.tuned(), run.plan(), ClipTokenizer.load())) {
            for (String field : List.of("subgroup", "group")) {
                KindsOfConcepts kinds = KindsOfConcepts.of(run.scenes(), field, pictures);
                LinearProbe probe = new LinearProbe(LogisticRegression.clip(), null, UNUSED_SHARE, run.seed());
                LinearProbe.Result result = probe.evaluate(
                        features(model, kinds, kinds.training()),
                        features(model, kinds, kinds.validation()),
                        features(model, kinds, kinds.test()));
                String name = "probe " + field;
                result.test().metrics().forEach((metric, value) -> metrics.put(name + " " + metric, value));
                metrics.put(name + " C", result.regularization());
                hits.put(name, Hits.of(result.test()));
            }
        }
        return new Figures(metrics, hits);
    }

    private static LabelledFeatures features(ModelUnderTest model, KindsOfConcepts kinds, List<ImageTextSample> samples)
            throws IOException {
        return LabelledFeatures.of(model.embed(new InMemorySource(samples), Mask.none()), kinds.classes());
    }
}
