package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.Clip;
import org.glip.ClipBuilder;
import org.glip.model.ClipConfig;
import org.glip.model.Execution;
import org.glip.model.ModelFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model of a command that asks it something: one's own, or the one that comes with the library. */
final class AskedModelOptions {
    /** A model of one's own. */
    static final class OwnModel {
        @Option(
                names = "--model",
                required = true,
                paramLabel = "DIR_OR_WEIGHTS",
                description = "A model or run folder, or weights in open_clip's names (safetensors, .pt) (default: the"
                        + " small model that comes with the library, which knows some two hundred drawn things).")
        private Path weights;

        @Option(
                names = "--config",
                paramLabel = "NAME_OR_JSON",
                description = "The weights' model, where no open_clip_config.json lies beside them: a preset or"
                        + " open_clip's JSON.")
        private @Nullable String config;

        private ClipConfig config() throws IOException {
            return config == null ? ModelFolder.config(weights) : ClipConfig.resolve(config);
        }
    }

    @ArgGroup(exclusive = false)
    private @Nullable OwnModel own;

    @Mixin
    private ExecutionOptions execution;

    /** Opens the front door. */
    Clip open() throws IOException {
        ClipBuilder builder = Clip.builder();
        ClipConfig model;
        if (own == null) {
            model = Clip.pretrainedConfig();
            builder.setPretrained();
        } else {
            model = own.config();
            builder.setModel(own.weights).optConfig(model);
        }
        Execution chosen = execution.prepare(model);
        return builder.optPrecision(chosen.precision()).optRoute(chosen.route()).build();
    }
}
