package org.glip.data;

import org.jspecify.annotations.Nullable;

/** A batch of a single epoch: what does not decode is left out, and the next sample comes in its place. */
final class LeavingOut implements BatchAssembly {
    private final int batchSize;
    private final int imageSize;
    private final long firstSampleIndex;
    private final BatchRows rows = new BatchRows();
    private long epoch;
    private StreamPosition end = StreamPosition.START;

    LeavingOut(LoaderConfig config, long firstSampleIndex) {
        this.batchSize = config.batchSize();
        this.imageSize = config.transform().outputSize();
        this.firstSampleIndex = firstSampleIndex;
    }

    @Override
    public void add(PreparedSample prepared) {
        if (prepared.content() == null) {
            return;
        }
        Candidate candidate = prepared.candidate();
        if (rows.size() == 0) {
            epoch = candidate.epoch();
        }
        rows.add(prepared.content());
        end = new StreamPosition(candidate.epoch(), candidate.place() + 1, firstSampleIndex + rows.size());
    }

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public boolean isFull() {
        return rows.size() == batchSize;
    }

    @Override
    public @Nullable Batch build(SkipCounts skipped) {
        return rows.size() == 0 ? null : rows.batch(firstSampleIndex, imageSize, epoch, end.with(skipped));
    }

    @Override
    public StreamPosition end() {
        return end;
    }
}
