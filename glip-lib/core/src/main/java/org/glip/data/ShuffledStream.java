package org.glip.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;

/**
 * Shuffles a stream through a buffer: each time it is filled up to {@code capacity} samples, and a random one of them
 * goes out. So a sample can come out at most {@code capacity - 1} places before its own, and any number after it.
 */
final class ShuffledStream implements SampleSource.Pass {
    private final SampleSource.Pass samples;
    private final int capacity;
    private final SplittableRandom random;
    private final List<ImageTextSample> buffer = new ArrayList<>();

    ShuffledStream(SampleSource.Pass samples, int capacity, SplittableRandom random) {
        this.samples = samples;
        this.capacity = capacity;
        this.random = random;
    }

    @Override
    public boolean hasNext() {
        while (buffer.size() < capacity && samples.hasNext()) {
            buffer.add(samples.next());
        }
        return !buffer.isEmpty();
    }

    @Override
    public ImageTextSample next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more samples");
        }
        int place = random.nextInt(buffer.size());
        ImageTextSample last = buffer.remove(buffer.size() - 1);
        return place == buffer.size() ? last : buffer.set(place, last);
    }

    @Override
    public void close() throws IOException {
        samples.close();
    }
}
