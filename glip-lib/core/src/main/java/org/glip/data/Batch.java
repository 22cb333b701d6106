package org.glip.data;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * Samples ready for a model, side by side. The arrays belong to the batch and are not used again by the loader.
 *
 * @param firstSampleIndex global index of the first sample; sample i of the batch has {@code firstSampleIndex + i}
 * @param size samples in the batch, B
 * @param imageSize side of the square pictures in pixels, S
 * @param pixels normalised pixels, (B, 3, S, S)
 * @param contextLength token ids of a caption, C
 * @param tokens token ids, padded with 0, (B, C)
 * @param keys the name of each sample
 * @param captions the text of each sample
 * @param metadata what the source says besides about each sample; shared, not to be changed
 * @param epoch the pass over the source that the first sample belongs to
 * @param end the position after the last sample: a loader that begins there gives the next batch
 */
public record Batch(
        long firstSampleIndex,
        int size,
        int imageSize,
        float[] pixels,
        int contextLength,
        int[] tokens,
        List<String> keys,
        List<String> captions,
        List<JsonObject> metadata,
        long epoch,
        StreamPosition end) {}
