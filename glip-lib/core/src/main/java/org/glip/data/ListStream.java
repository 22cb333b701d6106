package org.glip.data;

import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** A pass over samples that are known by number, in the order of an array of numbers. */
final class ListStream implements SampleSource.Pass {
    /** Gets a sample by its number. */
    @FunctionalInterface
    interface Loader {
        /** The sample, or null if it had to be left out (then counted already). */
        @Nullable
        ImageTextSample load(int index);
    }

    private final int[] order;
    private final Loader loader;
    private int position;
    private @Nullable ImageTextSample upcoming;

    ListStream(int[] order, Loader loader) {
        this.order = order;
        this.loader = loader;
    }

    @Override
    public boolean hasNext() {
        while (upcoming == null && position < order.length) {
            upcoming = loader.load(order[position++]);
        }
        return upcoming != null;
    }

    @Override
    public ImageTextSample next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more samples");
        }
        ImageTextSample sample = upcoming;
        upcoming = null;
        return sample;
    }

    @Override
    public void close() throws IOException {
        position = order.length;
    }
}
