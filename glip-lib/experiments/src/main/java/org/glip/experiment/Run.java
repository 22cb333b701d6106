package org.glip.experiment;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glip.data.BatchLoader;
import org.glip.data.LoaderConfig;
import org.glip.data.SampleSource;
import org.glip.model.ClipConfig;
import org.glip.results.RunSettings;
import org.glip.text.ClipTokenizer;
import org.glip.train.Pretraining;
import org.glip.train.Provenance;
import org.glip.train.StageConfig;

/**
 * One run of a comparison: pre-training, tuning and test. It is all that determines the run's figures.
 *
 * @param benchmark what it is trained and tested on
 * @param plan how long and how it is trained
 * @param method how it is pre-trained
 * @param seed of weights, order and masks
 */
public record Run(Benchmark benchmark, Plan plan, Method method, long seed) {
    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the method does not fit the plan's model
     */
    public Run {
        method.imageTokens(plan.model());
    }

    /**
     * Names its files.
     *
     * @return such as {@code centred-GLIP-75-sigma0.2-samples48000-seed0}; the ratio is in percent
     */
    public String id() {
        return Stream.of(benchmark.name(), method.fileName(), plan.fileName(), "seed" + seed)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("-"));
    }

    /** What tables tell it from other runs by. */
    RunSettings settings() {
        return method.settings(benchmark.name(), seed);
    }

    /** The data, as provenance names them. */
    String data() throws IOException {
        return benchmark.describe();
    }

    /** The configuration, as provenance names it. */
    Map<String, String> configuration() {
        return method.configuration(plan.settings(), seed);
    }

    /** The provenance of what is made of it here and now. */
    Provenance provenance(String command) throws IOException {
        return provenance(command, configuration());
    }

    /** The provenance of what is made of it with further settings. */
    Provenance provenance(String command, Map<String, String> configuration) throws IOException {
        Map<String, String> details = new LinkedHashMap<>(plan.details());
        details.putAll(benchmark.details());
        return Provenance.here(command, data(), configuration, details);
    }

    /** The settings of both stages on some pairs. */
    Map<Stage, StageConfig> stages(SampleSource pairs) throws IOException {
        return plan.stages(method.mask(), pairs, seed);
    }

    /** The model of a stage: that of the method in pre-training, and then the plan's, at full picture size. */
    ClipConfig model(Stage stage) {
        return stage == Stage.PRETRAINING ? method.pretrained(plan.model()) : plan.model();
    }

    /** The pairs as a stage sees them. All methods see the same pairs in the same order. */
    Pretraining.Data data(Stage stage, StageConfig config, SampleSource pairs) {
        ClipConfig model = model(stage);
        LoaderConfig loading = LoaderConfig.builder()
                .setBatchSize(config.batchSize())
                .setContextLength(model.text().contextLength())
                .setTransform(plan.transform(model.vision().imageSize()))
                .optShuffleBuffer(plan.shuffle())
                .optWorkers(plan.workers())
                .optSeed(config.seed())
                .build();
        return position -> new BatchLoader(pairs, ClipTokenizer.load(), loading, position);
    }
}
