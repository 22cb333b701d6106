package org.glip.experiment;

import java.io.IOException;
import java.util.Map;
import org.glip.results.RunSettings;
import org.glip.scenes.Scenes;
import org.glip.train.Provenance;

/**
 * One run of a comparison: all that determines its figures.
 *
 * @param scenes the data
 * @param plan how long and how it is trained
 * @param method how it is pre-trained
 * @param seed of weights, order and masks
 */
public record ScenesRun(Scenes scenes, ScenesPlan plan, Method method, long seed) {
    /**
     * @throws IllegalArgumentException if the method does not fit the plan's model
     */
    public ScenesRun {
        method.imageTokens(plan.model());
    }

    /** The name of its files, such as {@code centred-GLIP-75-sigma0.2-samples48000-seed0}; the ratio is in percent. */
    public String id() {
        String preset = scenes.config().preset().id();
        return String.join("-", preset, method.fileName(), "samples" + plan.samples(), "seed" + seed);
    }

    /** What tables tell it from other runs by. */
    RunSettings settings() {
        return method.settings(scenes.config().preset().id(), seed);
    }

    /** The data, as provenance names them. */
    String data() throws IOException {
        return scenes.recipe().toString();
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
        return Provenance.here(command, data(), configuration);
    }
}
