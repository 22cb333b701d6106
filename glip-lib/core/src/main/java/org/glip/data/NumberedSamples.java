package org.glip.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The samples of an epoch, which can be read by their numbers in any order and by several threads. */
public interface NumberedSamples {
    /** {@return how many there are; they are numbered from 0} */
    long count();

    /**
     * Reads a sample.
     *
     * @param number which, below the count
     * @param skipped counts it if it cannot be used
     * @return the sample, or null if it cannot be used
     * @throws IOException if the source is broken, or not any more what it was
     * @throws java.io.UncheckedIOException if the thread is interrupted; the cause is a
     *     {@link java.nio.channels.ClosedByInterruptException}
     */
    @Nullable
    ImageTextSample read(long number, SkipLog skipped) throws IOException;

    /** How one of them is read. */
    @FunctionalInterface
    interface Reading {
        /** Reads it as {@link NumberedSamples#read} does. */
        @Nullable
        ImageTextSample read(int number, SkipLog skipped) throws IOException;
    }

    /** Samples of a list. */
    static NumberedSamples of(int count, Reading reading) {
        return new NumberedSamples() {
            @Override
            public long count() {
                return count;
            }

            @Override
            public @Nullable ImageTextSample read(long number, SkipLog skipped) throws IOException {
                return reading.read(Math.toIntExact(number), skipped);
            }
        };
    }
}
