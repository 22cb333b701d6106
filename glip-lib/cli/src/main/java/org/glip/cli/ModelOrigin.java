package org.glip.cli;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.glip.mask.GaussianMask;
import org.glip.mask.Mask;
import org.glip.mask.RandomMask;
import org.glip.model.ModelFolder;
import org.jspecify.annotations.Nullable;

/**
 * How a model was trained, as far as result tables tell models apart by it. It travels in the provenance of the weights.
 *
 * @param mask of pre-training
 * @param seed of pre-training
 * @param isTuned whether a stage without mask followed
 */
record ModelOrigin(Mask mask, long seed, boolean isTuned) {
    /** Its name among the settings of a run's provenance. */
    static final String SETTING = "origin";

    /** Weights that do not tell: they count as CLIP, trained without a mask. */
    static final ModelOrigin FOREIGN = new ModelOrigin(Mask.none(), 0, false);

    /** The name that the paper gives to training with this mask. */
    String method() {
        return mask instanceof GaussianMask ? "GLIP" : mask instanceof RandomMask ? "FLIP" : "CLIP";
    }

    ModelOrigin tuned() {
        return new ModelOrigin(mask, seed, true);
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
        Path weights = ModelFolder.weights(modelOrRun);
        try {
            JsonObject provenance = provenance(weights);
            JsonObject settings = provenance == null ? null : provenance.getAsJsonObject("configuration");
            return settings == null || !settings.has(SETTING)
                    ? FOREIGN
                    : new Gson().fromJson(settings.get(SETTING).getAsString(), ModelOrigin.class);
        } catch (JsonParseException | ClassCastException | IllegalStateException e) {
            throw new IOException("the provenance of " + weights + " is damaged: " + e.getMessage(), e);
        }
    }

    /** A finished model has it in the weights' header, a checkpoint beside them. */
    private static @Nullable JsonObject provenance(Path weights) throws IOException {
        String inHeader = ModelFolder.metadata(weights).get("provenance");
        if (inHeader != null) {
            return JsonParser.parseString(inHeader).getAsJsonObject();
        }
        Path state = weights.resolveSibling("state.json");
        return Files.isRegularFile(state)
                ? JsonParser.parseString(Files.readString(state))
                        .getAsJsonObject()
                        .getAsJsonObject("provenance")
                : null;
    }
}
