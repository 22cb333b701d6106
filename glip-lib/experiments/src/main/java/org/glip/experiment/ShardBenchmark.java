package org.glip.experiment;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.glip.data.SampleSource;
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
    Optional<PromptTemplates> prompts() {
        return Optional.empty();
    }

    @Override
    SampleSource pairs() throws IOException {
        return SampleSource.shards(shards.toArray(String[]::new));
    }

    @Override
    Optional<Validation> openValidation(ClipConfig model, int workers) {
        return Optional.empty();
    }

    @Override
    RunEvaluation openEvaluation(RunProgress progress) throws IOException {
        return new ShardEvaluation(testSet(), otherSets(), progress);
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
