package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The model of a command that only looks. */
final class ModelOptions {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "DIR_OR_WEIGHTS",
            description = "A model or run folder, or weights in open_clip's names (safetensors, .pt).")
    private Path weights;

    @Option(
            names = "--config",
            paramLabel = "NAME_OR_JSON",
            description = "The weights' model, where no open_clip_config.json lies beside them: a preset or"
                    + " open_clip's JSON.")
    private @Nullable String config;

    Path weights() {
        return weights;
    }

    ClipConfig config() throws IOException {
        return config == null ? ModelFolder.config(weights) : ModelFolder.config(weights, ClipConfig.resolve(config));
    }
}
