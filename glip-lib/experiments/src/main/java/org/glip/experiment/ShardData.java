package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.glip.data.SampleSource;
import org.glip.data.Shards;
import org.glip.data.WebDatasetSource;
import org.glip.sets.ClassificationSet;
import org.glip.sets.EvaluationSet;
import org.glip.sets.SetsFolder;
import org.glip.sets.ZeroShotSet;

/**
 * Pairs in webdataset shards, and the sets of the field on which what was trained on them is tested.
 *
 * @param name short name for files and tables, such as {@code cc12m}
 * @param shards patterns of the shards, see {@link Shards#expand}
 * @param sets folder of the test sets
 * @param test CLIP_benchmark's name of the classification set of the main table, such as {@code imagenet1k}
 */
public record ShardData(String name, List<String> shards, SetsFolder sets, String test) {
    /**
     * @throws IllegalArgumentException if the name does not fit a file's
     */
    public ShardData {
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9._]*")) {
            throw new IllegalArgumentException(
                    "The data's name must be letters, digits, dots and underscores, not \"" + name + "\"");
        }
        shards = List.copyOf(shards);
    }

    /**
     * Data as in the paper, tested on ImageNet-1K.
     *
     * @param name short name for files and tables, such as {@code cc12m}
     * @param shards a pattern of the shards, such as {@code cc12m/{00000..01242}.tar}
     * @param sets folder of the test sets, {@code imagenet1k} among them
     * @return the data
     */
    public static ShardData of(String name, String shards, Path sets) {
        return new ShardData(name, List.of(shards), new SetsFolder(sets), "imagenet1k");
    }

    SampleSource pairs() throws IOException {
        return new WebDatasetSource(Shards.expand(shards));
    }

    /** The set of the main table. */
    ClassificationSet testSet() throws IOException {
        EvaluationSet set = sets.open(test)
                .orElseThrow(() -> new IOException(sets.root() + " has no folder " + test + " to test on"));
        if (set instanceof ClassificationSet classes) {
            return classes;
        }
        throw new IOException("The set of the main table has classes; " + test + " has captions");
    }

    /** The other sets that are there: ImageNet's robustness sets first, then the common suite, then retrieval. */
    List<EvaluationSet> otherSets() throws IOException {
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

    /** Whether a set is one of ImageNet's robustness sets. */
    static boolean isRobustness(EvaluationSet set) {
        return SetsFolder.imageNetRobustness().contains(set.name());
    }
}
