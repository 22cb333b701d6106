package org.glip.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.train.OptimizerConfig;
import org.glip.train.StageConfig;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code glip pretrain}. */
@Command(
        name = "pretrain",
        description =
                "Pre-train a model under a mask. Defaults are the paper's recipe. Ctrl-C stops with a checkpoint.")
final class PretrainCommand extends StageCommand {
    private static final OptimizerConfig PAPER = OptimizerConfig.paper();

    @Mixin
    private MaskOptions mask;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "NAME_OR_JSON",
            description = "ViT-B-16, ViT-B-32, ViT-S-16, ViT-L-14, tiny, tiny-wide, or open_clip's JSON.")
    private String model;

    @Option(
            names = "--image-size",
            paramLabel = "PX",
            description = "Side of the pictures, a multiple of the patch size: smaller ones are RECLIP (default: the"
                    + " model's).")
    private @Nullable Integer imageSize;

    @Option(
            names = "--init",
            paramLabel = "WEIGHTS",
            description = "Start from these weights: a model or run folder, or open_clip's weights (safetensors, .pt).")
    private @Nullable Path init;

    @Override
    StageOptions.Defaults defaults() {
        return new StageOptions.Defaults(1280, 30, PAPER.learningRate(), PAPER.warmupSteps());
    }

    @Override
    ClipConfig model() throws IOException {
        ClipConfig given = plannedModel();
        return init == null ? given : ModelFolder.config(init, given);
    }

    @Override
    ClipConfig plannedModel() throws IOException {
        ClipConfig named = ClipConfig.resolve(model);
        return imageSize == null ? named : named.withImageSize(imageSize);
    }

    @Override
    @Nullable
    Path weights() {
        return init;
    }

    @Override
    Mask mask() throws IOException {
        return mask.config();
    }

    @Override
    ModelOrigin origin(StageConfig stage) throws IOException {
        boolean isSmaller = imageSize != null
                && imageSize < ClipConfig.resolve(model).vision().imageSize();
        return new ModelOrigin(stage.mask(), stage.seed(), false, isSmaller ? imageSize : null);
    }
}
