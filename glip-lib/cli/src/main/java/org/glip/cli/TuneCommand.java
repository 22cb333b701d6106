package org.glip.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.train.StageConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code glip tune}. */
@Command(
        name = "tune",
        description = "Go on without a mask from pre-trained weights: the paper's unmasked epoch. Ctrl-C stops with a"
                + " checkpoint.")
final class TuneCommand extends StageCommand {
    @Option(
            names = "--init",
            required = true,
            paramLabel = "RUN_OR_WEIGHTS",
            description = "What was pre-trained: a run or model folder, or open_clip's weights (safetensors, .pt).")
    private Path init;

    @Option(
            names = "--model",
            paramLabel = "NAME_OR_JSON",
            description =
                    "The weights' model, where no open_clip_config.json lies beside them, or the same model at another"
                            + " image size.")
    private @Nullable String model;

    @Override
    StageOptions.Defaults defaults() {
        return new StageOptions.Defaults(640, 1, 1e-5, null);
    }

    @Override
    ClipConfig model() throws IOException {
        return model == null ? ModelFolder.config(init) : ModelFolder.config(init, ClipConfig.resolve(model));
    }

    @Override
    ClipConfig plannedModel() throws IOException {
        return model == null || Files.exists(init) ? model() : ClipConfig.resolve(model);
    }

    @Override
    Path weights() {
        return init;
    }

    @Override
    Mask mask() {
        return Mask.none();
    }

    @Override
    ModelOrigin origin(StageConfig stage) throws IOException {
        return ModelOrigin.read(init).tuned();
    }
}
