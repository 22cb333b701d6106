package org.glip.image;

import java.util.SplittableRandom;

/** From a decoded picture to the network's input. Implementations are immutable and thread-safe. */
public interface ImageTransform {
    /**
     * The side of the square that comes out.
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
     * What is done, in full, for the provenance of a run.
     *
     * @return one line
     */
    String describe();
}
