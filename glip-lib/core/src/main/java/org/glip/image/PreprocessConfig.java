package org.glip.image;

/**
 * What a model was trained to see of a picture, beside the size: open_clip's {@code PreprocessCfg}.
 *
 * @param normalization from bytes to floats
 * @param interpolation of resizing where nothing is drawn
 * @param resizeMode how a picture becomes a square where nothing is drawn
 * @param fillColor of the bars that {@link ResizeMode#LONGEST} leaves, 0xRRGGBB
 */
public record PreprocessConfig(
        Normalization normalization, Interpolation interpolation, ResizeMode resizeMode, int fillColor) {
    private static final int WHITE = 0xFFFFFF;

    /**
     * Checks the components.
     *
     * @throws IllegalArgumentException if the colour is none
     */
    public PreprocessConfig {
        if (fillColor < 0 || fillColor > WHITE) {
            throw new IllegalArgumentException("a fill colour is 0xRRGGBB, not " + fillColor);
        }
    }

    /** {@return CLIP's own: its normalisation, bicubic, the shortest side, black} */
    public static PreprocessConfig clip() {
        return new PreprocessConfig(Normalization.clip(), Interpolation.BICUBIC, ResizeMode.SHORTEST, 0);
    }

    /**
     * Returns the transform of evaluation, which draws nothing: {@code image_transform_v2(cfg, is_train=False)} in
     * open_clip.
     *
     * @param size side of the square, in pixels, at least 1
     * @return the transform
     * @throws IllegalArgumentException if the size is below 1
     */
    public ImageTransform evaluation(int size) {
        return new EvaluationTransform(size, this);
    }

    /**
     * Returns the augmentation of the paper's recipe, a random crop of half to all of the picture. It is resized
     * bicubic whatever the {@link #interpolation()}, and whatever the {@link #resizeMode()}, as in open_clip's
     * training; of this configuration it takes the normalisation.
     *
     * @param size side of the square, in pixels, at least 1
     * @return the transform
     * @throws IllegalArgumentException if the size is below 1
     */
    public ImageTransform trainingCrop(int size) {
        return RandomResizedCropTransform.paper(size, normalization);
    }
}
