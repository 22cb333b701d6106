package org.glip.model;

import org.glip.mask.PatchGrid;

/**
 * The image tower (paper, section on architecture; open_clip's {@code CLIPVisionCfg}).
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
public record VisionConfig(
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
    public VisionConfig {
        Checks.positive("vision_cfg.image_size", imageSize);
        Checks.positive("vision_cfg.patch_size", patchSize);
        Checks.positive("vision_cfg.layers", layers);
        Checks.heads("vision_cfg", width, headWidth);
        Checks.mlpRatio("vision_cfg", width, mlpRatio);
        PatchGrid.of(imageSize, patchSize);
    }

    /**
     * Tells the attention heads.
     *
     * @return width over head width
     */
    public int heads() {
        return width / headWidth;
    }

    /**
     * Tells the grid of patches.
     *
     * @return image size over patch size, squared
     */
    public PatchGrid grid() {
        return PatchGrid.of(imageSize, patchSize);
    }

    /**
     * Tells the hidden width of the MLP.
     *
     * @return width times the MLP ratio, rounded down (as open_clip does)
     */
    public int mlpWidth() {
        return (int) (width * mlpRatio);
    }

    /**
     * The same tower for pictures of another size (RECLIP, or tuning at full size).
     *
     * @param newImageSize side in pixels, a multiple of the patch size
     * @return the changed configuration
     */
    public VisionConfig withImageSize(int newImageSize) {
        return new VisionConfig(newImageSize, patchSize, width, layers, headWidth, mlpRatio, pooling, normBefore);
    }
}
