package org.glip.experiment;

import java.io.IOException;
import java.util.Optional;
import org.glip.data.SampleSource;
import org.glip.model.ClipConfig;
import org.glip.results.TestName;
import org.glip.scenes.Scenes;
import org.glip.scenes.ScenesVersion;
import org.glip.text.PromptTemplates;
import org.glip.train.Validation;

/** Scenes, tested by {@link ScenesEvaluation}. */
final class ScenesBenchmark extends Benchmark {
    /** A caption begins with the label of what the picture shows, and no article. */
    static final PromptTemplates PROMPTS = PromptTemplates.of("{}");

    private final Scenes scenes;
    private final boolean testsRobustness;

    /** @param testsRobustness whether models are also tested on pictures of the other presets */
    ScenesBenchmark(Scenes scenes, boolean testsRobustness) {
        this.scenes = scenes;
        this.testsRobustness = testsRobustness;
    }

    /**
     * The data of a run on Scenes.
     *
     * @throws IllegalArgumentException if it is a run on other data
     */
    static Scenes of(Run run) {
        if (run.benchmark() instanceof ScenesBenchmark onScenes) {
            return onScenes.scenes;
        }
        throw new IllegalArgumentException("kinds of concepts are told by Scenes only, not by "
                + run.benchmark().name());
    }

    @Override
    public String name() {
        return scenes.config().preset().id();
    }

    @Override
    public String test() {
        return scenes.config().version() == ScenesVersion.V1 ? "held-out style" : TestName.UNSEEN_DRAWINGS.label();
    }

    @Override
    String describe() throws IOException {
        return scenes.recipe().toString();
    }

    @Override
    Optional<PromptTemplates> prompts() {
        return Optional.of(PROMPTS);
    }

    @Override
    SampleSource pairs() throws IOException {
        return SampleSource.shards(scenes.train());
    }

    @Override
    Optional<Validation> openValidation(ClipConfig model, int workers, RunProgress progress) throws IOException {
        return ScenesValidation.of(scenes, model, workers, progress);
    }

    @Override
    RunEvaluation openEvaluation() {
        return new ScenesEvaluation(scenes, testsRobustness);
    }
}
