package org.glip.experiment;

import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.glip.data.ImageTextSample;
import org.glip.eval.ClassLabels;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesSplit;

/**
 * Pictures with the kinds of their concepts as classes, for classifiers that are fitted: they learn from training
 * pictures, settings are chosen on the validation split, and the test is that of the main number. Nothing of the
 * validation or the test pictures is learned from.
 *
 * @param classes the kinds that the training pictures show; pictures of other kinds are left out
 * @param training pictures of the training split
 * @param validation pictures of the validation split
 * @param test pictures of the test split
 */
record KindsOfConcepts(
        ClassLabels classes,
        List<ImageTextSample> training,
        List<ImageTextSample> validation,
        List<ImageTextSample> test) {
    /**
     * Reads the pictures.
     *
     * @param field {@code subgroup} or {@code group}
     * @param pictures how many to learn from; a quarter as many validate
     */
    static KindsOfConcepts of(Scenes scenes, String field, int pictures) throws IOException {
        List<ImageTextSample> training = ScenesPictures.first(scenes, ScenesSplit.TRAIN, pictures);
        Set<String> kinds = new TreeSet<>(training.stream()
                .flatMap(sample -> kind(sample, field).stream())
                .collect(Collectors.toSet()));
        return new KindsOfConcepts(
                new ClassLabels(List.copyOf(kinds), field),
                training,
                of(ScenesPictures.first(scenes, ScenesSplit.VALIDATION, Math.max(1, pictures / 4)), field, kinds),
                of(ScenesPictures.first(scenes, scenes.config().version().test(), Integer.MAX_VALUE), field, kinds));
    }

    private static List<ImageTextSample> of(List<ImageTextSample> samples, String field, Set<String> kinds) {
        return samples.stream()
                .filter(sample -> kind(sample, field).filter(kinds::contains).isPresent())
                .toList();
    }

    private static Optional<String> kind(ImageTextSample sample, String field) {
        return sample.metadata().get(field) instanceof JsonPrimitive name
                ? Optional.of(name.getAsString())
                : Optional.empty();
    }
}
