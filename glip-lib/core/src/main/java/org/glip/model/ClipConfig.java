package org.glip.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.files.Resources;

/**
 * A CLIP model: two towers and a joint embedding (paper, section 3 of the method; open_clip's model JSON).
 *
 * @param embedding width of the joint embedding
 * @param quickGelu whether MLPs use OpenAI's approximation of GELU
 * @param vision image tower
 * @param text text tower
 */
public record ClipConfig(int embedding, boolean quickGelu, VisionConfig vision, TextConfig text) {
    /** Names of the built-in configurations. {@code tiny} is for Scenes at 64 pixels. */
    public static final List<String> PRESETS = List.of("ViT-B-16", "ViT-B-32", "ViT-S-16", "ViT-L-14", "tiny");

    /** Checks the embedding. */
    public ClipConfig {
        Checks.positive("embed_dim", embedding);
    }

    /**
     * A built-in configuration.
     *
     * @param name one of {@link #PRESETS}
     * @return the configuration
     * @throws IllegalArgumentException for any other name
     */
    public static ClipConfig preset(String name) {
        if (!PRESETS.contains(name)) {
            throw new IllegalArgumentException("unknown model '" + name + "': use one of " + PRESETS
                    + " or the path of a JSON file in open_clip's form");
        }
        return ClipConfigJson.parse(Resources.text(ClipConfig.class, "presets/" + name + ".json"), name);
    }

    /**
     * Reads open_clip's JSON.
     *
     * @param file model configuration
     * @return the configuration
     * @throws IOException where the file cannot be read
     * @throws IllegalArgumentException where a field is missing, wrong, or asks for what this library does not build; it is named
     */
    public static ClipConfig read(Path file) throws IOException {
        return ClipConfigJson.parse(Files.readString(file), file.toString());
    }

    /**
     * Resolves what a user wrote: the name of a preset or a path.
     *
     * @param nameOrFile preset name or JSON file
     * @return the configuration
     * @throws IOException where the file cannot be read
     */
    public static ClipConfig resolve(String nameOrFile) throws IOException {
        Path file = Path.of(nameOrFile);
        return !PRESETS.contains(nameOrFile) && Files.isRegularFile(file) ? read(file) : preset(nameOrFile);
    }

    /**
     * Writes open_clip's model JSON.
     *
     * @return the text
     */
    public String toJson() {
        return ClipConfigJson.write(this);
    }

    /**
     * Writes the same within the object that open_clip expects in {@code open_clip_config.json}.
     *
     * @return the text
     */
    String toHubJson() {
        return ClipConfigJson.writeHub(this);
    }

    /**
     * The same model for pictures of another size.
     *
     * @param imageSize side in pixels, a multiple of the patch size
     * @return the changed configuration
     */
    public ClipConfig withImageSize(int imageSize) {
        return new ClipConfig(embedding, quickGelu, vision.withImageSize(imageSize), text);
    }
}
