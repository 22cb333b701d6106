package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetsFolder;
import org.glip.text.ClipTokenizer;

/**
 * The tuned model on those of the field's sets that lie in a folder, such as ImageNet and its robustness sets. Metrics are named by
 * the set: {@code imagenet-a top-1}.
 *
 * @param folder the sets, as {@link SetsFolder} says
 * @param names the sets of interest that are there, at least one; see {@link #present}
 */
public record FieldSets(SetsFolder folder, List<String> names) implements FurtherTest {
    /**
     * @throws IllegalArgumentException if there is no set
     */
    public FieldSets {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("There is no set to be evaluated in " + folder.root());
        }
        names = List.copyOf(names);
    }

    /**
     * Those of some sets that a folder has.
     *
     * @param folder the sets
     * @param names CLIP_benchmark's names
     * @return the test over them, or nothing if the folder has none
     */
    public static Optional<FieldSets> present(SetsFolder folder, List<String> names) {
        List<String> found =
                names.stream().filter(name -> folder.find(name).isPresent()).toList();
        return found.isEmpty() ? Optional.empty() : Optional.of(new FieldSets(folder, found));
    }

    @Override
    public String id() {
        return "sets";
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("names", String.join(" ", names));
    }

    @Override
    public Figures measure(ScenesRun run, TrainedModels models) throws IOException {
        // all are opened before the first is computed, so that a wrong one is told at once
        List<EvaluationSet> sets = new ArrayList<>();
        for (String name : names) {
            sets.add(folder.open(name)
                    .orElseThrow(() -> new IOException(folder.root() + " has no set " + name + " any more")));
        }
        Map<String, Double> metrics = new LinkedHashMap<>();
        try (ModelUnderTest model = ModelUnderTest.load(models.tuned(), run.plan(), ClipTokenizer.load())) {
            for (EvaluationSet set : sets) {
                SetEvaluator.SetResult result = model.evaluate(set);
                result.metrics().forEach((metric, value) -> metrics.put(set.name() + " " + metric, value));
            }
        }
        return new Figures(metrics, Map.of());
    }
}
