package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.glip.mask.MaskSampler;

/** Turns plain arrays into the tensors that the towers take. */
public final class ModelInputs {
    private ModelInputs() {}

    /**
     * Pixels.
     *
     * @param manager owner of the result
     * @param pixels normalised pixels, (n,3,S,S) row by row; may be longer
     * @param first the first picture taken
     * @param count how many
     * @param imageSize S
     * @return (count,3,S,S) float32
     */
    public static NDArray pixels(NDManager manager, float[] pixels, int first, int count, int imageSize) {
        int each = 3 * imageSize * imageSize;
        return manager.create(
                FloatBuffer.wrap(pixels, first * each, count * each).slice(),
                new Shape(count, 3, imageSize, imageSize));
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
    public static NDArray kept(NDManager manager, MaskSampler mask, long seed, long step, long firstSample, int count) {
        int k = mask.kept();
        LongBuffer kept = LongBuffer.allocate(count * k);
        for (int i = 0; i < count; i++) {
            for (int patch : mask.sample(seed, step, firstSample + i)) {
                kept.put(patch);
            }
        }
        return manager.create(kept.flip(), new Shape(count, k));
    }

    /**
     * Token ids, cut to the longest of these captions.
     *
     * @param manager owner of the result
     * @param tokens ids, (n,C) row by row
     * @param contextLength C
     * @param rows the captions taken, b of them
     * @return ids (b,T) int64, T at most C
     */
    public static NDArray ids(NDManager manager, int[] tokens, int contextLength, int... rows) {
        int longest = 0;
        for (int row : rows) {
            longest = Math.max(longest, end(tokens, contextLength, row) + 1);
        }
        LongBuffer ids = LongBuffer.allocate(rows.length * longest);
        for (int row : rows) {
            for (int t = 0; t < longest; t++) {
                ids.put(tokens[row * contextLength + t]);
            }
        }
        return manager.create(ids.flip(), new Shape(rows.length, longest));
    }

    /**
     * Positions of the end-of-text tokens.
     *
     * @param manager owner of the result
     * @param tokens ids, (n,C) row by row
     * @param contextLength C
     * @param rows the captions taken, b of them
     * @return (b) int64
     */
    public static NDArray ends(NDManager manager, int[] tokens, int contextLength, int... rows) {
        LongBuffer ends = LongBuffer.allocate(rows.length);
        for (int row : rows) {
            ends.put(end(tokens, contextLength, row));
        }
        return manager.create(ends.flip(), new Shape(rows.length));
    }

    /** The first place of the largest id, which is the end-of-text token's. */
    static int end(int[] tokens, int contextLength, int caption) {
        int start = caption * contextLength;
        int best = 0;
        for (int t = 1; t < contextLength; t++) {
            if (tokens[start + t] > tokens[start + best]) {
                best = t;
            }
        }
        return best;
    }
}
