package org.glip.experiment;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.glip.data.ImageTextSample;
import org.glip.data.SampleSource;
import org.glip.eval.ClassificationResult;
import org.glip.eval.EmbeddedSet;
import org.glip.eval.ZeroShotClassifier;
import org.glip.mask.Mask;
import org.glip.results.TestName;
import org.glip.scenes.LandscapePictures;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesPreset;
import org.glip.scenes.ScenesSplit;
import org.glip.text.PromptTemplates;

/**
 * Other pictures than the model was trained for, in the place of the paper's robustness sets: the main test under the
 * other presets, and photographs of landscapes. Sets that only some machines can get are left out, so that all
 * results have the same rows.
 */
final class RobustnessSets {
    private static final String LABEL = "label";
    /** As training captions name landscapes. */
    private static final PromptTemplates LANDSCAPE = PromptTemplates.of("in front of {}");

    private final TestedModel model;
    private final RunProgress progress;

    RobustnessSets(TestedModel model, RunProgress progress) {
        this.model = model;
        this.progress = progress;
    }

    /**
     * Adds figures such as {@code robust uniform top-1}, for each preset but the one of the training, and {@code robust
     * landscapes top-1}. In mosaics an answer is right that names any of the four objects, so chance is four times as
     * high there.
     */
    void measure(Scenes trained, Findings findings) throws IOException {
        ZeroShotClassifier classifier = model.classifier(trained.classNames());
        ScenesSplit test = trained.config().version().test();
        for (ScenesPreset preset : ScenesPreset.values()) {
            if (preset != trained.config().preset()) {
                Scenes scenes = trained.forTesting(preset, progress::onTest);
                int total = scenes.samples(test);
                EmbeddedSet pictures = model.embed(
                        TestName.robust(preset.id()).label(),
                        total,
                        SampleSource.shards(scenes.shards(test)),
                        Mask.none());
                ClassificationResult result =
                        TestedModel.classify(classifier, pictures, LABEL).classified();
                findings.add(
                        TestName.robust(preset.id()).top1(),
                        preset == ScenesPreset.MOSAIC ? anyObject(result, pictures) : result.top1(),
                        result.count());
            }
        }
        ClassificationResult landscapes = landscapes(trained.config().imageSize());
        findings.add(TestName.robust("landscapes").top1(), landscapes.top1(), landscapes.count());
    }

    /** The share of pictures whose first prediction is one of the objects that they show. */
    static double anyObject(ClassificationResult result, EmbeddedSet pictures) {
        int hits = 0;
        for (int picture = 0; picture < result.count(); picture++) {
            Set<String> shown = new HashSet<>();
            for (JsonElement object : pictures.metadata().get(picture).getAsJsonArray("objects")) {
                shown.add(object.getAsJsonObject().get(LABEL).getAsString());
            }
            hits += shown.contains(result.classNames().get(result.predictions(picture)[0])) ? 1 : 0;
        }
        return (double) hits / result.count();
    }

    private ClassificationResult landscapes(int imageSize) throws IOException {
        List<ImageTextSample> samples = LandscapePictures.test(imageSize);
        List<String> classes = samples.stream()
                .map(ImageTextSample::caption)
                .distinct()
                .sorted()
                .toList();
        EmbeddedSet pictures =
                model.embed("robust landscapes", samples.size(), SampleSource.inMemory(samples), Mask.none());
        return TestedModel.classify(model.classifier(classes, LANDSCAPE), pictures, LandscapePictures.LABEL)
                .classified();
    }
}
