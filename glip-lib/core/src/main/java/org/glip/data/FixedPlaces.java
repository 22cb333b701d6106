package org.glip.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one process in a global batch of training, in which every sample has a fixed place. Into the place of one
 * that does not decode comes the next of the same global batch that does, after the last the first, with crop and flip
 * of the place. So no later sample is shifted, and every process finds out by itself what its rows hold, without a word
 * to the others and whatever their number.
 */
final class FixedPlaces implements BatchAssembly {
    private final LoaderConfig config;
    private final SamplePreparation preparation;
    private final long firstSampleIndex;
    private final List<PreparedSample> places = new ArrayList<>();

    /** Places whose samples are known not to decode. */
    private final BitSet bad = new BitSet();

    /**
     * @param preparation for samples that come into another's place
     * @param firstSampleIndex of the global batch
     */
    FixedPlaces(LoaderConfig config, SamplePreparation preparation, long firstSampleIndex) {
        this.config = config;
        this.preparation = preparation;
        this.firstSampleIndex = firstSampleIndex;
    }

    @Override
    public void add(PreparedSample prepared) {
        if (prepared.fault() != null) {
            bad.set(places.size());
        }
        places.add(prepared);
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public boolean isFull() {
        return places.size() == config.batchSize();
    }

    @Override
    public @Nullable Batch build(SkipCounts skipped) throws IOException, InterruptedException {
        BatchShare share = config.share();
        int first = share.firstRow(config.batchSize());
        BatchRows rows = new BatchRows();
        for (int place = first; place < first + share.rows(config.batchSize()); place++) {
            PreparedSample row = bad.get(place) ? next(place) : places.get(place);
            if (row == null) {
                return null; // none of all: every process finds the same
            }
            rows.add(row.content());
        }
        long epoch = places.get(first).candidate().epoch();
        return rows.batch(firstSampleIndex + first, config.transform().outputSize(), epoch, end().with(skipped));
    }

    /** The next sample that decodes, prepared for a place whose own does not; null if there is none. */
    private @Nullable PreparedSample next(int place) throws IOException, InterruptedException {
        Candidate missing = places.get(place).candidate();
        for (int step = 1; step < places.size(); step++) {
            int other = (place + step) % places.size();
            if (bad.get(other)) {
                continue;
            }
            Candidate.Stored sample = places.get(other).candidate().stored();
            Candidate moved = new Candidate(missing.epoch(), missing.place(), sample);
            PreparedSample prepared = preparation.prepare(moved, SkipLog.Part.EMPTY);
            if (prepared.content() != null) {
                return prepared;
            }
            bad.set(other); // whoever it belongs to counts it
        }
        return null;
    }

    @Override
    public StreamPosition end() {
        Candidate last = places.get(places.size() - 1).candidate();
        return new StreamPosition(last.epoch(), last.place() + 1, firstSampleIndex + places.size());
    }
}
