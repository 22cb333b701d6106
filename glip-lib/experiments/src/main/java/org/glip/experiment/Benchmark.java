package org.glip.experiment;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.glip.data.SampleSource;
import org.glip.model.ClipConfig;
import org.glip.scenes.Scenes;
import org.glip.sets.SetsFolder;
import org.glip.text.PromptTemplates;
import org.glip.train.Validation;

/** What the methods of a comparison are trained on, and what they are tested on. */
public abstract sealed class Benchmark permits ScenesBenchmark, ShardBenchmark, LabelledBenchmark {
    Benchmark() {}

    /**
     * Returns the benchmark on Scenes: trained on its pairs, tested on drawings and on a style that they never show,
     * and under the other presets.
     *
     * @param scenes the data
     * @return the benchmark
     */
    public static Benchmark of(Scenes scenes) {
        return new ScenesBenchmark(scenes, true);
    }

    /**
     * Returns the same without the tests of robustness, on pictures of the other presets: for runs of minutes, of which
     * these tests would take more than all others together.
     *
     * @param scenes the data
     * @return the benchmark
     */
    public static Benchmark ofMainTests(Scenes scenes) {
        return new ScenesBenchmark(scenes, false);
    }

    /**
     * Returns the benchmark on pairs of one's own, such as CC3M or CC12M, tested on ImageNet-1K and the other sets of
     * the field, as in the paper.
     *
     * @param name short name for files and tables, such as {@code cc12m}
     * @param shards a pattern of webdataset shards, such as {@code cc12m/{00000..01242}.tar}, see
     *     {@link SampleSource#shards(String...)}
     * @param sets folder of the test sets, {@code imagenet1k} among them
     * @return the benchmark
     * @throws IllegalArgumentException if the name does not fit a file's
     */
    public static Benchmark ofShards(String name, String shards, Path sets) {
        return new ShardBenchmark(name, List.of(shards), new SetsFolder(sets), "imagenet1k");
    }

    /**
     * Returns the benchmark on labelled pictures of several sets: one model is trained on all of them, by their classes
     * as captions, and tested on each among its own classes.
     *
     * @param name short name for files and tables, such as {@code photographs}
     * @param folder holds for each set {@code SET-train-*.tar}, {@code SET-test-*.tar} (webdataset shards whose samples
     *     have their class as caption and as {@code label} in their JSON) and {@code SET-classes.txt}
     * @param sets the names of the sets, at least one
     * @return the benchmark
     * @throws IOException if the classes of a set are missing or cannot be read
     */
    public static Benchmark ofLabelled(String name, Path folder, List<String> sets) throws IOException {
        return new LabelledBenchmark(name, folder, sets);
    }

    /**
     * Names the data in files and tables.
     *
     * @return such as {@code centred} or {@code cc12m}
     */
    public abstract String name();

    /**
     * Names the test of the main table.
     *
     * @return such as {@code unseen drawings} or {@code imagenet1k}
     */
    public abstract String test();

    /** The pairs and what is tested on, as provenance names them. */
    abstract String describe() throws IOException;

    /** What finding the data again takes beside their description, by name. */
    Map<String, String> details() throws IOException {
        return Map.of();
    }

    /** The sentences that fit the captions of the pairs, for the models to record; empty where they are not known. */
    abstract Optional<PromptTemplates> prompts();

    /** What is trained on. */
    abstract SampleSource pairs() throws IOException;

    /**
     * Opens what a model is looked at by while it is trained.
     *
     * @param model as it is trained
     * @param workers threads that decode pictures
     * @param progress told how far each look is
     * @return the validation; nothing where there are no pictures for one
     * @throws IOException if they cannot be read
     */
    abstract Optional<Validation> openValidation(ClipConfig model, int workers, RunProgress progress)
            throws IOException;

    /**
     * Opens what is tested on.
     *
     * @throws IOException if what is tested on is missing or wrong
     */
    abstract RunEvaluation openEvaluation() throws IOException;
}
