package org.glip.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.glip.engine.Upload;
import org.glip.mask.MaskSampler;
import org.glip.text.CaptionTokens;

/** Pictures of noise with random captions, for tests of the mathematics. */
record RandomPairs(int imageSize, List<float[]> pixels, List<CaptionTokens> captions) {
    static RandomPairs of(ClipConfig config, int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int size = config.vision().imageSize();
        List<float[]> pixels = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            float[] picture = new float[3 * size * size];
            for (int p = 0; p < picture.length; p++) {
                picture[p] = (float) random.nextGaussian();
            }
            pixels.add(picture);
        }
        int context = config.text().contextLength();
        int vocabulary = config.text().vocabularySize();
        List<CaptionTokens> captions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int words = 1 + random.nextInt(context - 2);
            int[] ids = new int[context];
            ids[0] = vocabulary - 2;
            for (int t = 1; t <= words; t++) {
                ids[t] = 1 + random.nextInt(vocabulary - 3);
            }
            ids[words + 1] = vocabulary - 1;
            captions.add(new CaptionTokens(ids, words + 2));
        }
        return new RandomPairs(size, pixels, captions);
    }

    /** Pixels, kept and what the model's text tower makes of the captions. */
    NDList inputs(ClipModel model, NDManager manager, MaskSampler mask) {
        NDList inputs = new NDList(
                ModelInputs.pixels(model.visual().operators(), manager, pixels, imageSize),
                ModelInputs.kept(Upload.plain(), manager, mask, 1, 0, 0, pixels.size()));
        return inputs.addAll(model.text().inputs(manager, captions));
    }

    /** All tokens (B,C), none cut. */
    NDArray allIds(NDManager manager) {
        long[] ids = captions.stream()
                .flatMapToInt(caption -> Arrays.stream(caption.ids()))
                .asLongStream()
                .toArray();
        return manager.create(ids, new Shape(captions.size(), ids.length / captions.size()));
    }

    /** Where each end-of-text token stands, (B). */
    NDArray ends(NDManager manager) {
        return manager.create(
                captions.stream().mapToLong(caption -> caption.length() - 1L).toArray());
    }
}
