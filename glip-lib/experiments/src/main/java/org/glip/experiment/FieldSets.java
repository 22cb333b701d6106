package org.glip.experiment;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.results.TestName;
import org.glip.sets.SetsFolder;

/**
 * The tuned model on those of the field's sets that lie in a folder, such as ImageNet and its robustness sets. Metrics
 * are named by the set: {@code imagenet-a top-1}.
 *
 * @param folder the sets, as {@link SetsFolder} says
 * @param names the sets of interest that are there, at least one; see {@link #present}
 */
public record FieldSets(SetsFolder folder, List<String> names) implements FurtherEvaluation {
    private static final int BATCH = 256;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if there is no set
     */
    public FieldSets {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("There is no set to be evaluated in " + folder.root());
        }
        names = List.copyOf(names);
    }

    /**
     * Returns those of some sets that a folder has.
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
    public Findings measure(Run run, TrainedModels models, RunProgress progress) throws IOException {
        Findings findings = new Findings();
        try (TestedModel model = TestedModel.load(models.tuned(), run.plan(), BATCH, progress)) {
            TestedModel.SuiteResult found = model.evaluateAll(folder, names);
            if (!found.absent().isEmpty()) {
                throw new IOException(
                        folder.root() + " has no set " + found.absent().get(0) + " any more");
            }
            found.results()
                    .forEach(result -> findings.add(new TestName(result.set()), result.measures(), result.pictures()));
        }
        return findings;
    }
}
