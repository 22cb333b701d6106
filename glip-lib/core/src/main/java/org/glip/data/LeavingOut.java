package org.glip.data;

import org.jspecify.annotations.Nullable;

/**
 * A batch of a single epoch: of so many samples of the source those that decode. Where one does not, the batch is
 * shorter, and no later sample comes into another batch: so each batch can be made without those before it.
 */
final class LeavingOut implements BatchAssembly {
    private final int batchSize;
    private final int imageSize;
    private final long firstSampleIndex;
    private final BatchRows rows = new BatchRows();
    private int places;
    private StreamPosition end = StreamPosition.START;

    LeavingOut(LoaderConfig config, long firstSampleIndex) {
        this.batchSize = config.batchSize();
        this.imageSize = config.transform().outputSize();
        this.firstSampleIndex = firstSampleIndex;
    }

    @Override
    public void add(PreparedSample prepared) {
        places++;
        if (prepared.content() != null) {
            rows.add(prepared.content());
        }
        Candidate candidate = prepared.candidate();
        end = new StreamPosition(candidate.epoch(), candidate.place() + 1, firstSampleIndex + places);
    }

    @Override
    public int size() {
        return places;
    }

    @Override
    public boolean isFull() {
        return places == batchSize;
    }

    @Override
    public @Nullable Batch build(SkipCounts skipped) {
        return rows.size() == 0 ? null : rows.batch(firstSampleIndex, imageSize, end.epoch(), end.with(skipped));
    }

    @Override
    public StreamPosition end() {
        return end;
    }
}
