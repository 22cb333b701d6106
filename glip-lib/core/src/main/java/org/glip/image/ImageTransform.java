package org.glip.image;

import java.util.SplittableRandom;

/**
 * From a decoded picture to the network's input: a square of normalised floats. The transforms here are CLIP's own; a
 * model that was trained to see pictures otherwise has its transforms from its {@link PreprocessConfig}.
 *
 * <p>Implementations are immutable and thread-safe.
 */
public interface ImageTransform {
    /**
     * Returns the transform of evaluation: shortest side to the size (bicubic, antialiased), centre crop, normalised;
     * {@code image_transform(size, is_train=False)} in open_clip. Smaller pictures are enlarged.
     *
     * @param size side of the square, in pixels, at least 1
     * @return the transform
     * @throws IllegalArgumentException if the size is below 1
     */
    static ImageTransform evaluation(int size) {
        return PreprocessConfig.clip().evaluation(size);
    }

    /**
     * Returns the augmentation of the paper's recipe: a random crop of half to all of the picture.
     *
     * @param size side of the square, in pixels, at least 1
     * @return the transform
     * @throws IllegalArgumentException if the size is below 1
     */
    static ImageTransform trainingCrop(int size) {
        return PreprocessConfig.clip().trainingCrop(size);
    }

    /**
     * Returns an augmentation: a random part of the picture of a ratio from 3:4 to 4:3, resized to a square (bicubic,
     * antialiased), normalised; torchvision's {@code RandomResizedCrop}, which open_clip uses with scales 0.9 to 1.
     *
     * @param size side of the square, in pixels, at least 1
     * @param minScale the smallest part of the picture's area, above 0
     * @param maxScale the largest part, at most 1
     * @return the transform
     * @throws IllegalArgumentException if the size is below 1 or the scales are not
     *     {@code 0 < minScale <= maxScale <= 1}
     */
    static ImageTransform trainingCrop(int size, double minScale, double maxScale) {
        return new RandomResizedCropTransform(size, minScale, maxScale, Normalization.clip());
    }

    /**
     * Returns the side of the square that comes out.
     *
     * @return S, in pixels
     */
    int outputSize();

    /**
     * Transforms one picture.
     *
     * @param image the picture, of any size
     * @param random the sample's own stream; a transform without chance leaves it alone
     * @param target receives (3, S, S): normalised red, green and blue planes
     * @param offset where in {@code target} they begin
     * @throws IllegalArgumentException if the planes do not fit into the target
     */
    void apply(StoredImage image, SplittableRandom random, float[] target, int offset);

    /**
     * Transforms a picture in RGB, likewise.
     *
     * @param image the picture
     * @param random source of what is drawn; a transform that draws nothing leaves it alone
     * @param target receives three planes of float32
     * @param offset where the first plane begins
     */
    default void apply(RgbImage image, SplittableRandom random, float[] target, int offset) {
        apply(image.stored(), random, target, offset);
    }

    /**
     * Returns what is done, in full, for the provenance of a run.
     *
     * @return one line
     */
    String describe();
}
