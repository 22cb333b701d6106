package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.List;
import org.glip.engine.Operators;
import org.glip.engine.Upload;
import org.glip.mask.MaskSampler;

/** Lays out pictures and masks for {@link ImageTower#inputs}. */
final class ModelInputs {
    /** For a GPU: small enough to travel while the next is copied, large enough to travel fast. */
    private static final int PIECE_BYTES = 64 << 20;

    private ModelInputs() {}

    /**
     * Pixels. For a CPU they are copied once, into memory that the tensor takes over. More than that can be of one
     * piece, and any for a GPU, come in pieces, so that one travels while the next is copied.
     *
     * @param operators bring them to the device
     * @param manager owner of the result
     * @param pictures normalised pixels of each picture, (3,S,S)
     * @param imageSize S
     * @return (B,3,S,S) float32
     * @throws IllegalArgumentException if a picture has another size
     */
    static NDArray pixels(Operators operators, NDManager manager, List<float[]> pictures, int imageSize) {
        return pixels(
                operators, manager, pictures, imageSize, manager.getDevice().isGpu() ? PIECE_BYTES : Integer.MAX_VALUE);
    }

    /** @param mostBytes of a piece; one of a single picture may have more */
    static NDArray pixels(
            Operators operators, NDManager manager, List<float[]> pictures, int imageSize, int mostBytes) {
        int each = 3 * imageSize * imageSize;
        int count = Math.max(1, mostBytes / Float.BYTES / each);
        if (pictures.size() <= count) {
            return piece(operators, manager, pictures, imageSize);
        }
        NDArray all = manager.create(new Shape(pictures.size(), 3, imageSize, imageSize), DataType.FLOAT32);
        for (int first = 0; first < pictures.size(); first += count) {
            int end = Math.min(pictures.size(), first + count);
            try (NDArray some = piece(operators, manager, pictures.subList(first, end), imageSize);
                    NDArray place = all.get(new NDIndex("{}:{}", first, end))) {
                operators.copy(place, some);
            }
        }
        return all;
    }

    private static NDArray piece(Upload upload, NDManager manager, List<float[]> pictures, int imageSize) {
        int each = 3 * imageSize * imageSize;
        for (float[] picture : pictures) {
            if (picture.length != each) {
                throw new IllegalArgumentException(
                        "a picture of side " + imageSize + " has " + each + " numbers, not " + picture.length);
            }
        }
        Shape shape = new Shape(pictures.size(), 3, imageSize, imageSize);
        return upload.tensor(manager, shape, DataType.FLOAT32, memory -> {
            FloatBuffer pixels = memory.asFloatBuffer();
            pictures.forEach(pixels::put);
        });
    }

    /**
     * The patches that a mask keeps.
     *
     * @param upload brings them to the device
     * @param manager owner of the result
     * @param mask the mask
     * @param seed the run's seed
     * @param step the training step; it changes what a sample keeps from epoch to epoch
     * @param firstSample global index of the first sample
     * @param count samples
     * @return (count,k) int64
     */
    static NDArray kept(
            Upload upload, NDManager manager, MaskSampler mask, long seed, long step, long firstSample, int count) {
        return upload.tensor(manager, new Shape(count, mask.kept()), DataType.INT64, memory -> {
            LongBuffer kept = memory.asLongBuffer();
            for (int i = 0; i < count; i++) {
                for (int patch : mask.sample(seed, step, firstSample + i)) {
                    kept.put(patch);
                }
            }
        });
    }
}
