package org.glip.data;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.glip.data.PreparedSample.Content;

/** Collects prepared samples until a batch is full. */
final class BatchBuilder {
    private final int batchSize;
    private final int imageSize;
    private final int contextLength;
    private final long firstSampleIndex;
    private final float[] pixels;
    private final int[] tokens;
    private final List<String> keys = new ArrayList<>();
    private final List<String> captions = new ArrayList<>();
    private final List<JsonObject> metadata = new ArrayList<>();
    private long epoch;
    private StreamPosition end = StreamPosition.START;

    BatchBuilder(LoaderConfig config, long firstSampleIndex) {
        this.batchSize = config.batchSize();
        this.imageSize = config.transform().outputSize();
        this.contextLength = config.contextLength();
        this.firstSampleIndex = firstSampleIndex;
        this.pixels = new float[Math.multiplyExact(batchSize, 3 * imageSize * imageSize)];
        this.tokens = new int[Math.multiplyExact(batchSize, contextLength)];
    }

    boolean isEmpty() {
        return keys.isEmpty();
    }

    boolean isFull() {
        return keys.size() == batchSize;
    }

    void add(PreparedSample prepared, Content content) {
        int row = keys.size();
        System.arraycopy(content.pixels(), 0, pixels, row * content.pixels().length, content.pixels().length);
        System.arraycopy(content.tokens(), 0, tokens, row * contextLength, contextLength);
        ImageTextSample sample = prepared.sample();
        keys.add(sample.key());
        captions.add(sample.caption());
        metadata.add(sample.metadata());
        if (row == 0) {
            epoch = prepared.epoch();
        }
        end = new StreamPosition(prepared.epoch(), prepared.candidate() + 1, firstSampleIndex + keys.size());
    }

    /** The batch; shorter than the batch size if it is not full. */
    Batch build() {
        int size = keys.size();
        return new Batch(
                firstSampleIndex,
                size,
                imageSize,
                isFull() ? pixels : Arrays.copyOf(pixels, size * 3 * imageSize * imageSize),
                contextLength,
                isFull() ? tokens : Arrays.copyOf(tokens, size * contextLength),
                List.copyOf(keys),
                List.copyOf(captions),
                List.copyOf(metadata),
                epoch,
                end);
    }
}
