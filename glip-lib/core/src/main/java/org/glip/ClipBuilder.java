package org.glip;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Path;
import org.glip.engine.MatrixRoute;
import org.glip.engine.Precision;
import org.glip.mask.Mask;
import org.glip.model.ClipConfig;
import org.glip.model.ModelFolder;
import org.glip.text.PromptTemplates;
import org.jspecify.annotations.Nullable;

/** How to open a model; {@link Clip#builder} makes one. */
public final class ClipBuilder {
    private @Nullable Path model;
    private boolean pretrained;
    private @Nullable ClipConfig config;
    private @Nullable Device device;
    private Precision precision = Precision.FP32;
    private MatrixRoute route = MatrixRoute.LINEAR;
    private Mask mask = Mask.none();
    private long maskSeed;

    ClipBuilder() {}

    /**
     * Sets where the model is.
     *
     * @param modelOrRun as in {@link Clip#open}; with {@link #optConfig}, any file of weights
     * @return this builder
     */
    public ClipBuilder setModel(Path modelOrRun) {
        model = modelOrRun;
        return this;
    }

    /**
     * Takes the model that comes with the library, in the place of one of one's own.
     *
     * @return this builder
     * @see Clip#pretrained
     */
    public ClipBuilder setPretrained() {
        pretrained = true;
        return this;
    }

    /**
     * Sets the configuration, for weights that have none beside them, or for another image size. How pictures are
     * prepared stays as it is recorded beside the weights, unless the configuration asks for another way than CLIP's.
     *
     * @param modelConfig such as {@code ClipConfig.preset("ViT-B-16")}
     * @return this builder
     */
    public ClipBuilder optConfig(ClipConfig modelConfig) {
        config = modelConfig;
        return this;
    }

    /**
     * Sets the precision of matrix products.
     *
     * @param wanted taken where the device has it in hardware; float32 by default
     * @return this builder
     */
    public ClipBuilder optPrecision(Precision wanted) {
        precision = wanted;
        return this;
    }

    /**
     * Sets the way of float32 matrix products.
     *
     * @param matrixRoute the engine's own by default
     * @return this builder
     */
    public ClipBuilder optRoute(MatrixRoute matrixRoute) {
        route = matrixRoute;
        return this;
    }

    /**
     * Hides patches of every picture, as in a masked training: the paper's masked inference. All pictures get the same
     * draw, so that what one gives does not depend on those beside it; they are then computed one at a time.
     *
     * @param hiding what the image tower does not see; nothing is hidden by default
     * @param seed of the draw, which is {@code hiding.on(grid).sample(seed, 0, 0)}
     * @return this builder
     */
    public ClipBuilder optMask(Mask hiding, long seed) {
        mask = hiding;
        maskSeed = seed;
        return this;
    }

    /**
     * Sets where the model lives and computes.
     *
     * @param place by default the engine's preferred device: a GPU where its natives drive one
     * @return this builder
     */
    public ClipBuilder optDevice(Device place) {
        device = place;
        return this;
    }

    /**
     * Opens the model.
     *
     * @return the model, to be closed by the caller
     * @throws IOException as {@link Clip#open}
     * @throws IllegalArgumentException as {@link Clip#open}; or where the weights do not fit the configuration, or no
     *     model is set
     */
    public Clip build() throws IOException {
        if (pretrained == (model != null)) {
            throw new IllegalArgumentException(
                    pretrained
                            ? "two models are set, the pretrained one and " + model
                            : "no model is set: setModel(...) says where it is, setPretrained() takes the library's");
        }
        if (model != null) {
            return build(model);
        }
        try (PretrainedModel unpacked = PretrainedModel.unpack()) {
            return build(unpacked.folder());
        }
    }

    private Clip build(Path model) throws IOException {
        ClipConfig built = config == null ? ModelFolder.config(model) : ModelFolder.config(model, config);
        PromptTemplates prompts = ModelFolder.prompts(model).orElse(PromptTemplates.photo());
        LoadedModel.Settings settings = new LoadedModel.Settings(device, precision, route, mask, maskSeed);
        return new Clip(LoadedModel.load(model, built, settings), prompts);
    }
}
