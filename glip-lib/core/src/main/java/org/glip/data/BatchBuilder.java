package org.glip.data;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.glip.data.PreparedSample.Content;
import org.glip.text.CaptionTokens;

/** Collects prepared samples until a batch is full. */
final class BatchBuilder {
    private final int batchSize;
    private final int imageSize;
    private final long firstSampleIndex;
    private final List<float[]> pixels = new ArrayList<>();
    private final List<CaptionTokens> tokens = new ArrayList<>();
    private final List<String> keys = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();
    private final List<JsonObject> metadata = new ArrayList<>();
    private long epoch;
    private StreamPosition end = StreamPosition.START;

    BatchBuilder(LoaderConfig config, long firstSampleIndex) {
        this.batchSize = config.batchSize();
        this.imageSize = config.transform().outputSize();
        this.firstSampleIndex = firstSampleIndex;
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    int size() {
        return keys.size();
    }

    boolean isFull() {
        return keys.size() == batchSize;
    }

    void add(PreparedSample prepared, Content content) {
        if (isEmpty()) {
            epoch = prepared.epoch();
        }
        pixels.add(content.pixels());
        tokens.add(content.tokens());
        ImageTextSample sample = prepared.sample();
        keys.add(sample.key());
        captions.add(sample.caption());
        metadata.add(sample.metadata());
        end = new StreamPosition(prepared.epoch(), prepared.candidate() + 1, firstSampleIndex + keys.size());
    }

    /**
     * The batch; shorter than the batch size if it is not full.
     *
     * @param skipped what was left out up to here since the beginning of the run
     */
    Batch build(SkipCounts skipped) {
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
                new StreamPosition(end.epoch(), end.candidate(), end.sample(), skipped));
    }
}
