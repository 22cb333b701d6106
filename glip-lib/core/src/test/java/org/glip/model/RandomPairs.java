package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.util.SplittableRandom;
import org.glip.mask.MaskSampler;

/** Pictures of noise with random captions, for tests of the mathematics. */
record RandomPairs(int count, int imageSize, float[] pixels, int contextLength, int[] tokens) {
    static RandomPairs of(ClipConfig config, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = config.vision().imageSize();
        float[] pixels = new float[count * 3 * size * size];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
        }
        int context = config.text().contextLength();
        int vocabulary = config.text().vocabularySize();
        int[] tokens = new int[count * context];
        for (int i = 0; i < count; i++) {
            int words = 1 + random.nextInt(context - 2);
            tokens[i * context] = vocabulary - 2;
            for (int t = 1; t <= words; t++) {
                tokens[i * context + t] = 1 + random.nextInt(vocabulary - 3);
            }
            tokens[i * context + Math.min(words + 1, context - 1)] = vocabulary - 1;
        }
        return new RandomPairs(count, size, pixels, context, tokens);
    }

    /** pixels, kept, ids, ends */
    NDList inputs(NDManager manager, MaskSampler mask) {
        int[] rows = java.util.stream.IntStream.range(0, count).toArray();
        return new NDList(
                ModelInputs.pixels(manager, pixels, 0, count, imageSize),
                ModelInputs.kept(manager, mask, 1, 0, 0, count),
                ModelInputs.ids(manager, tokens, contextLength, rows),
                ModelInputs.ends(manager, tokens, contextLength, rows));
    }

    /** All tokens, none cut. */
    NDArray allIds(NDManager manager) {
        long[] ids = java.util.Arrays.stream(tokens).asLongStream().toArray();
        return manager.create(ids, new ai.djl.ndarray.types.Shape(count, contextLength));
    }
}
