package org.glip.experiment;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.data.SampleSource;
import org.glip.files.Json;
import org.glip.model.ClipConfig;
import org.glip.text.PromptTemplates;
import org.glip.train.Validation;

/**
 * Labelled pictures of several sets, which one model is trained on together, and tested on set by set, among the
 * classes of each, by {@link LabelledEvaluation}.
 */
final class LabelledBenchmark extends Benchmark {
    /** A caption is the class, and nothing else. */
    static final PromptTemplates PROMPTS = PromptTemplates.of("{}");

    /** Name among the details of a run: the folder of the sets. */
    static final String FOLDER = "folder of labelled shards";

    /** Name among the details of a run: the names of the sets, in order, as a JSON list. */
    static final String SETS = "labelled sets";

    private final String name;
    private final Path folder;
    private final List<LabelledShards> sets;

    /**
     * @param name short name for files and tables, such as {@code photographs}
     * @param folder the sets, each as {@link LabelledShards} says
     * @param names of the sets, at least one
     * @throws IOException if the classes of one are missing
     */
    LabelledBenchmark(String name, Path folder, List<String> names) throws IOException {
        if (names.isEmpty()) {
            throw new IllegalArgumentException("There is no set to train and test on in " + folder);
        }
        this.name = name;
        this.folder = folder;
        List<LabelledShards> found = new ArrayList<>();
        for (String each : names) {
            found.add(LabelledShards.of(folder, each));
        }
        this.sets = List.copyOf(found);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String test() {
        return String.join(", ", sets.stream().map(LabelledShards::name).toList());
    }

    @Override
    String describe() throws IOException {
        JsonObject data = new JsonObject();
        for (LabelledShards set : sets) {
            data.addProperty(set.name() + " train", set.training().fingerprint().orElse(""));
            data.addProperty(set.name() + " test", set.testing().fingerprint().orElse(""));
        }
        return name + ": " + data;
    }

    @Override
    Map<String, String> details() {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(FOLDER, folder.toString());
        details.put(
                SETS,
                Json.array(sets.stream().map(LabelledShards::name).toList()).toString());
        return details;
    }

    @Override
    Optional<PromptTemplates> prompts() {
        return Optional.of(PROMPTS);
    }

    @Override
    SampleSource pairs() throws IOException {
        return SampleSource.shards(sets.stream().map(LabelledShards::train).toArray(String[]::new));
    }

    @Override
    Optional<Validation> openValidation(ClipConfig model, int workers, RunProgress progress) {
        return Optional.empty();
    }

    @Override
    RunEvaluation openEvaluation() throws IOException {
        for (LabelledShards set : sets) {
            set.testing(); // missing shards are told before the training
        }
        return new LabelledEvaluation(sets);
    }
}
