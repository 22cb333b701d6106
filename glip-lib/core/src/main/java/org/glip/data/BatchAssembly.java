package org.glip.data;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A batch that is being put together from candidates, in their order. */
interface BatchAssembly {
    /** Takes the next candidate. */
    void add(PreparedSample prepared);

    /** Samples of the global batch that are there so far. */
    int size();

    /** Whether no candidate is needed any more. */
    boolean isFull();

    /**
     * The batch, or null if it has no sample.
     *
     * @param skipped what was left out up to here since the beginning of the run
     * @throws InterruptedException if this thread is interrupted; a later call goes on
     * @throws IOException if the source is broken
     */
    @Nullable
    Batch build(SkipCounts skipped) throws IOException, InterruptedException;

    /** The position after it, with nothing said of what was left out. */
    StreamPosition end();
}
