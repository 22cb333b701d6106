package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.glip.mask.MaskSampler;

/** Lays out pictures and masks for {@link ImageTower#inputs}. */
final class ModelInputs {
    private ModelInputs() {}

    /**
     * Pixels. They are copied once, into memory that the tensor takes over; to a GPU it is copied from there.
     *
     * @param manager owner of the result
     * @param pictures normalised pixels of each picture, (3,S,S)
     * @param imageSize S
     * @return (B,3,S,S) float32
     * @throws IllegalArgumentException if a picture has another size, or they are more than a tensor is made of at once
     */
    static NDArray pixels(NDManager manager, List<float[]> pictures, int imageSize) {
        int each = 3 * imageSize * imageSize;
        long bytes = (long) Float.BYTES * each * pictures.size();
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(pictures.size() + " pictures of " + imageSize + " x " + imageSize
                    + " pixels are too many to be computed at once: at most " + Integer.MAX_VALUE / Float.BYTES / each
                    + " are possible, in a smaller batch or micro-batch");
        }
        ByteBuffer memory = manager.allocateDirect((int) bytes);
        FloatBuffer pixels = memory.asFloatBuffer();
        for (float[] picture : pictures) {
            if (picture.length != each) {
                throw new IllegalArgumentException(
                        "a picture of side " + imageSize + " has " + each + " numbers, not " + picture.length);
            }
            pixels.put(picture);
        }
        return manager.create(memory, new Shape(pictures.size(), 3, imageSize, imageSize), DataType.FLOAT32);
    }

    /**
     * The patches that a mask keeps.
     *
     * @param manager owner of the result
     * @param mask the mask
     * @param seed the run's seed
     * @param step the training step; it changes what a sample keeps from epoch to epoch
     * @param firstSample global index of the first sample
     * @param count samples
     * @return (count,k) int64
     */
    static NDArray kept(NDManager manager, MaskSampler mask, long seed, long step, long firstSample, int count) {
        int k = mask.kept();
        LongBuffer kept = LongBuffer.allocate(count * k);
        for (int i = 0; i < count; i++) {
            for (int patch : mask.sample(seed, step, firstSample + i)) {
                kept.put(patch);
            }
        }
        return manager.create(kept.flip(), new Shape(count, k));
    }
}
