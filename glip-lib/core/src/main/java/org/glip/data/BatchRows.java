package org.glip.data;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.PreparedSample.Content;
import org.glip.text.CaptionTokens;

/** Collects the rows of a batch. */
final class BatchRows {
    private final List<float[]> pixels = new ArrayList<>();
    private final List<CaptionTokens> tokens = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();
    private final List<JsonObject> metadata = new ArrayList<>();

    int size() {
        return keys.size();
    }

    void add(Content content) {
        pixels.add(content.pixels());
        tokens.add(content.tokens());
        keys.add(content.key());
        captions.add(content.caption());
        metadata.add(content.metadata());
    }

    /**
     * The batch of these rows.
     *
     * @param firstSampleIndex global index of the first row
     * @param epoch the pass over the source that it belongs to
     * @param end the position after the global batch
     */
    Batch batch(long firstSampleIndex, int imageSize, long epoch, StreamPosition end) {
        return new Batch(
                firstSampleIndex,
                keys.size(),
                imageSize,
                List.copyOf(pixels),
                List.copyOf(tokens),
                List.copyOf(keys),
                List.copyOf(captions),
                List.copyOf(metadata),
                epoch,
                end);
    }
}
