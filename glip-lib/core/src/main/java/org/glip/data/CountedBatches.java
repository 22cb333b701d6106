package org.glip.data;

import java.util.Iterator;
import java.util.function.LongConsumer;

/** Batches whose samples are counted as they pass; those of a batch are done when the next one is asked for. */
public final class CountedBatches implements Iterator<Batch> {
    private final Iterator<Batch> batches;
    private final LongConsumer progress;
    private long done;

    /**
     * Counts batches.
     *
     * @param batches what is passed on
     * @param progress told, before each batch and at the end, how many samples are done
     */
    public CountedBatches(Iterator<Batch> batches, LongConsumer progress) {
        this.batches = batches;
        this.progress = progress;
    }

    @Override
    public boolean hasNext() {
        progress.accept(done);
        return batches.hasNext();
    }

    @Override
    public Batch next() {
        Batch batch = batches.next();
        done += batch.size();
        return batch;
    }
}
