package org.glip.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A sample at its place in the stream. Whether it can be used is not known yet.
 *
 * @param epoch the pass over the source
 * @param place its place in this pass, from 0
 * @param stored the sample, still encoded, or where it lies
 */
record Candidate(long epoch, long place, Stored stored) {
    /** A sample that was read already, or can be read at any time by any thread. */
    @FunctionalInterface
    interface Stored {
        /** The sample; null if it cannot be used, which is counted. */
        @Nullable
        ImageTextSample read(SkipLog skipped) throws IOException;
    }

    static Candidate of(long epoch, long place, ImageTextSample sample) {
        return new Candidate(epoch, place, skipped -> sample);
    }
}
