package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.glip.data.SampleSource;
import org.glip.files.Json;
import org.glip.model.ClipConfig;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetsFolder;
import org.glip.sets.ZeroShotSet;
import org.glip.text.PromptTemplates;
import org.glip.train.Validation;

/**
 * Pairs in webdataset shards, and the sets of the field on which what was trained on them is tested, by {@link
 * ShardEvaluation}.
 */
final class ShardBenchmark extends Benchmark {
    /** Name among the details of a run: the patterns of the shards, as a JSON list. */
    static final String SHARDS = "shards";

    /** Name among the details of a run: what tells whether shards that lie elsewhere are the same. */
    static final String FINGERPRINT = "shards' names and sizes, SHA-256";

    /** Name among the details of a run: the folder of the test sets. */
    static final String SETS = "sets";

    /** Name among the details of a run: the set of the main table. */
    static final String TEST = "test";

    private final String name;
    private final List<String> shards;
    private final SetsFolder sets;
    private final String test;

    /**
     * @param name short name for files and tables, such as {@code cc12m}
     * @param shards patterns of the shards, see {@link SampleSource#shards(String...)}
     * @param sets folder of the test sets
     * @param test CLIP_benchmark's name of the classification set of the main table, such as {@code imagenet1k}
     * @throws IllegalArgumentException if the name does not fit a file's
     */
    ShardBenchmark(String name, List<String> shards, SetsFolder sets, String test) {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._]*")) {
            throw new IllegalArgumentException(
                    "The data's name must be letters, digits, dots and underscores, not \"" + name + "\"");
        }
        this.name = name;
        this.shards = List.copyOf(shards);
        this.sets = sets;
        this.test = test;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String test() {
        return test;
    }

    @Override
    String describe() throws IOException {
        return name + ": " + pairs().describe() + "; tested on " + test;
    }

    @Override
    Map<String, String> details() throws IOException {
        Map<String, String> details = new LinkedHashMap<>();
        details.put(SHARDS, Json.array(shards).toString());
        pairs().fingerprint().ifPresent(print -> details.put(FINGERPRINT, print));
        details.put(SETS, sets.root().toString());
        details.put(TEST, test);
        return details;
    }

    @Override
    Optional<PromptTemplates> prompts() {
        return Optional.empty();
    }

    @Override
    SampleSource pairs() throws IOException {
        return SampleSource.shards(shards.toArray(String[]::new));
    }

    @Override
    Optional<Validation> openValidation(ClipConfig model, int workers, RunProgress progress) {
        return Optional.empty();
    }

    @Override
    RunEvaluation openEvaluation() throws IOException {
        return new ShardEvaluation(testSet(), otherSets());
    }

    private ClassificationSet testSet() throws IOException {
        EvaluationSet set = sets.open(test)
                .orElseThrow(() -> new IOException(sets.root() + " has no folder " + test + " to test on"));
        if (set instanceof ClassificationSet classes) {
            return classes;
        }
        throw new IOException("The set of the main table has classes; " + test + " has captions");
    }

    /** The other sets that are there: ImageNet's robustness sets first, then the common suite, then retrieval. */
    private List<EvaluationSet> otherSets() throws IOException {
        Set<String> names = new LinkedHashSet<>(SetsFolder.imageNetRobustness());
        names.addAll(ZeroShotSet.names());
        names.addAll(SetsFolder.retrieval());
        names.remove(test);
        List<EvaluationSet> found = new ArrayList<>();
        for (String each : names) {
            sets.open(each).ifPresent(found::add);
        }
        return found;
    }
}
