package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.glip.files.Json;
import org.glip.mask.Mask;
import org.glip.results.MethodName;
import org.glip.train.Provenance;
import org.jspecify.annotations.Nullable;

/**
 * How a model was trained, as far as result tables tell models apart by it. It travels in the provenance of the
 * weights.
 *
 * @param mask of pre-training
 * @param seed of pre-training
 * @param isTuned whether a stage without mask followed
 * @param smallImages side in pixels of the smaller pictures of pre-training (RECLIP), or null where they had the
 *     model's own size
 */
record ModelOrigin(
        Mask mask, long seed, boolean isTuned, @Nullable Integer smallImages) {
    /** Its name among the settings of a run's provenance. */
    static final String SETTING = "origin";

    /** Weights that do not tell: they count as CLIP, trained without a mask. */
    static final ModelOrigin FOREIGN = new ModelOrigin(Mask.none(), 0, false, null);

    /** The name that the paper gives to training with this mask and size; that of the mask if it is of others. */
    String method() {
        boolean isPapers = mask instanceof Mask.None || mask instanceof Mask.Random || mask instanceof Mask.Gaussian;
        String name = isPapers ? MethodName.of(mask).name() : mask.name();
        return savesByImages() ? MethodName.RECLIP.name() : name;
    }

    /** What a table shows in the place of a ratio, such as {@code 112 px}; nothing but for RECLIP. */
    Optional<String> masking() {
        return savesByImages() ? Optional.of(smallImages + " px") : Optional.empty();
    }

    private boolean savesByImages() {
        return smallImages != null && mask instanceof Mask.None;
    }

    ModelOrigin tuned() {
        return new ModelOrigin(mask, seed, true, smallImages);
    }

    String toJson() {
        return new Gson().toJson(this);
    }

    /**
     * Reads the origin of a stored model. Weights that come from elsewhere say nothing and count as
     * {@link #FOREIGN}.
     *
     * @param modelOrRun a model or run folder, or a safetensors file
     * @throws IOException where there are no weights, or what they say is damaged
     */
    static ModelOrigin read(Path modelOrRun) throws IOException {
        Optional<String> origin =
                Provenance.read(modelOrRun).map(made -> made.configuration().get(SETTING));
        if (origin.isEmpty()) {
            return FOREIGN;
        }
        String name = "the origin in the provenance of " + modelOrRun;
        try {
            return new Gson().fromJson(Json.parse(origin.get(), name).raw(), ModelOrigin.class);
        } catch (JsonParseException e) {
            throw new IOException(name + " is damaged: " + e.getMessage(), e);
        }
    }
}
