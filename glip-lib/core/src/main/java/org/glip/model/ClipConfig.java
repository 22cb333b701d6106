package org.glip.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.glip.files.Resources;
import org.glip.files.TextFile;
import org.glip.image.ImageTransform;
import org.glip.image.PreprocessConfig;
import org.glip.mask.PatchGrid;

/**
 * A CLIP model: two towers and a joint embedding (open_clip's model JSON), and what it was trained to see of a picture.
 *
 * @param embedding width of the joint embedding
 * @param quickGelu whether MLPs use OpenAI's approximation of GELU
 * @param vision image tower
 * @param text text tower
 * @param preprocessing how pictures are prepared for it, beside their size
 */
public record ClipConfig(int embedding, boolean quickGelu, Vision vision, Text text, PreprocessConfig preprocessing) {
    /**
     * Names of the built-in configurations. {@code tiny} and {@code tiny-wide} are for Scenes at 64 pixels: four image
     * layers of width 128 and three text layers, and three of width 192 and one text layer.
     */
    public static final List<String> PRESETS =
            List.of("ViT-B-16", "ViT-B-32", "ViT-S-16", "ViT-L-14", "tiny", "tiny-wide");

    /**
     * The image tower (open_clip's {@code CLIPVisionCfg}).
     *
     * @param imageSize side of the square pictures, pixels
     * @param patchSize side of a patch, pixels; divides the image size
     * @param width width of the residual stream; a multiple of the head width
     * @param layers transformer blocks, at least 1
     * @param headWidth width of one attention head
     * @param mlpRatio hidden width of the MLP over {@code width}
     * @param pooling which token becomes the picture's feature
     * @param normBefore whether a layer norm precedes the blocks ({@code ln_pre})
     */
    public record Vision(
            int imageSize,
            int patchSize,
            int width,
            int layers,
            int headWidth,
            double mlpRatio,
            Pooling pooling,
            boolean normBefore) {

        /** What the picture's feature is read from. */
        public enum Pooling {
            /** The class token, {@code tok} in open_clip. */
            CLASS_TOKEN,
            /** The mean of the patch tokens, {@code avg} in open_clip. */
            AVERAGE
        }

        /** Checks that the parts fit together. */
        public Vision {
            Checks.positive("vision_cfg.image_size", imageSize);
            Checks.positive("vision_cfg.patch_size", patchSize);
            Checks.positive("vision_cfg.layers", layers);
            Checks.heads("vision_cfg", width, headWidth);
            Checks.mlpRatio("vision_cfg", width, mlpRatio);
            PatchGrid.of(imageSize, patchSize);
        }

        /**
         * Returns the attention heads.
         *
         * @return width over head width
         */
        public int heads() {
            return width / headWidth;
        }

        /**
         * Returns the grid of patches.
         *
         * @return image size over patch size, squared
         */
        public PatchGrid grid() {
            return PatchGrid.of(imageSize, patchSize);
        }

        /**
         * Returns the hidden width of the MLP.
         *
         * @return width times the MLP ratio, rounded down (as open_clip does)
         */
        public int mlpWidth() {
            return (int) (width * mlpRatio);
        }

        /**
         * Returns the same tower for pictures of another size (RECLIP, or tuning at full size).
         *
         * @param newImageSize side in pixels, a multiple of the patch size
         * @return the changed configuration
         */
        public Vision withImageSize(int newImageSize) {
            return new Vision(newImageSize, patchSize, width, layers, headWidth, mlpRatio, pooling, normBefore);
        }
    }

    /**
     * The text tower (open_clip's {@code CLIPTextCfg}).
     *
     * @param contextLength most tokens of a caption, at least 3 (start, one, end)
     * @param vocabularySize token ids
     * @param width width of the residual stream; a multiple of the heads
     * @param heads attention heads
     * @param layers transformer blocks, at least 1
     * @param mlpRatio hidden width of the MLP over {@code width}
     */
    public record Text(int contextLength, int vocabularySize, int width, int heads, int layers, double mlpRatio) {
        /** Checks that the parts fit together. */
        public Text {
            if (contextLength < 3) {
                throw new IllegalArgumentException("text_cfg.context_length must be at least 3, not " + contextLength);
            }
            Checks.positive("text_cfg.vocab_size", vocabularySize);
            Checks.positive("text_cfg.layers", layers);
            Checks.positive("text_cfg.heads", heads);
            if (width < heads || width % heads != 0) {
                throw new IllegalArgumentException(
                        "text_cfg.width " + width + " must be a multiple of text_cfg.heads " + heads);
            }
            Checks.mlpRatio("text_cfg", width, mlpRatio);
        }

        /**
         * Returns the hidden width of the MLP.
         *
         * @return width times the MLP ratio, rounded down (as open_clip does)
         */
        public int mlpWidth() {
            return (int) (width * mlpRatio);
        }
    }

    /** Checks the embedding. */
    public ClipConfig {
        Checks.positive("embed_dim", embedding);
    }

    /**
     * A model whose pictures are prepared as CLIP's own.
     *
     * @param embedding width of the joint embedding
     * @param quickGelu whether MLPs use OpenAI's approximation of GELU
     * @param vision image tower
     * @param text text tower
     */
    public ClipConfig(int embedding, boolean quickGelu, Vision vision, Text text) {
        this(embedding, quickGelu, vision, text, PreprocessConfig.clip());
    }

    /**
     * Returns a built-in configuration.
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
     * @throws IOException where the file cannot be read, or is no text of this kind at all
     * @throws IllegalArgumentException where a field is missing, wrong, or asks for what this library does not build;
     *     it is named
     */
    public static ClipConfig read(Path file) throws IOException {
        ForeignFile.refuseAsJson(file);
        return ClipConfigJson.parse(TextFile.read(file), file.toString());
    }

    /**
     * Parses open_clip's JSON.
     *
     * @param json model configuration
     * @param origin what messages call it
     * @return the configuration
     * @throws IllegalArgumentException as {@link #read}
     */
    public static ClipConfig parse(String json, String origin) {
        return ClipConfigJson.parse(json, origin);
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
     * Writes open_clip's model JSON, which has no place for the preprocessing.
     *
     * @return the text
     */
    public String toJson() {
        return ClipConfigJson.write(this);
    }

    /**
     * Writes the same within the object that open_clip expects in {@code open_clip_config.json}, beside the
     * preprocessing.
     *
     * @return the text
     */
    String toHubJson() {
        return ClipConfigJson.writeHub(this);
    }

    /**
     * Returns the same model for pictures of another size.
     *
     * @param imageSize side in pixels, a multiple of the patch size
     * @return the changed configuration
     */
    public ClipConfig withImageSize(int imageSize) {
        return new ClipConfig(embedding, quickGelu, vision.withImageSize(imageSize), text, preprocessing);
    }

    /**
     * Returns the same model with pictures prepared in another way.
     *
     * @param newPreprocessing what weights from elsewhere were trained to see
     * @return the changed configuration
     */
    public ClipConfig withPreprocessing(PreprocessConfig newPreprocessing) {
        return new ClipConfig(embedding, quickGelu, vision, text, newPreprocessing);
    }

    /**
     * Returns what the model sees of a picture where nothing is drawn: in tests and in applications.
     *
     * @return the transform, to the model's image size
     */
    public ImageTransform evaluationTransform() {
        return preprocessing.evaluation(vision.imageSize());
    }

    /**
     * Returns the augmentation of the paper's recipe, a random crop of half to all of the picture.
     *
     * @return the transform, to the model's image size
     */
    public ImageTransform trainingCrop() {
        return preprocessing.trainingCrop(vision.imageSize());
    }
}
