package org.glip.data;

import com.google.gson.JsonObject;
import java.util.List;
import java.util.stream.Collectors;
import org.glip.text.CaptionTokens;

/**
 * Samples ready for a model, side by side: a whole batch, or the rows of it that one of several processes takes. The
 * arrays belong to the batch and are not used again by the loader.
 *
 * @param firstSampleIndex global index of the first sample; sample i of the batch has {@code firstSampleIndex + i}
 * @param size samples in the batch, B
 * @param imageSize side of the square pictures in pixels, S
 * @param pixels normalised pixels of each picture, (3, S, S), written once, by the worker that made them
 * @param tokens of each caption; empty where there are no captions
 * @param keys the name of each sample
 * @param captions the text of each sample
 * @param metadata what the source says besides about each sample; shared, not to be changed
 * @param epoch the pass over the source that the first sample belongs to
 * @param end the position after the last sample of the whole batch: a loader that begins there gives the next one
 */
public record Batch(
        long firstSampleIndex,
        int size,
        int imageSize,
        List<float[]> pixels,
        List<CaptionTokens> tokens,
        List<String> keys,
        List<String> captions,
        List<JsonObject> metadata,
        long epoch,
        StreamPosition end) {
    private static final int SHOWN = 3;

    /** {@return in a line, how many samples of which shape they are, and the first captions} */
    @Override
    public String toString() {
        String first = captions.stream()
                .limit(SHOWN)
                .map(caption -> '"' + caption + '"')
                .collect(Collectors.joining(", "));
        String tokens = this.tokens.isEmpty()
                ? "no captions"
                : "captions (" + this.tokens.get(0).ids().length + ")";
        return size + " samples from " + firstSampleIndex + " on: pictures (3, " + imageSize + ", " + imageSize + "), "
                + tokens + "; " + first + (captions.size() > SHOWN ? ", ..." : "");
    }
}
