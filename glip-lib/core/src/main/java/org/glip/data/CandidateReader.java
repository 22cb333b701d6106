package org.glip.data;

import java.io.IOException;
import java.util.Optional;
import org.glip.random.KeyedPermutation;

/**
 * Passes over a source again and again, or once, and hands out its samples with their places: the candidates, since
 * whether their pictures decode is not known yet. Begins at a position by passing over what lies before it, undecoded.
 */
final class CandidateReader {
    /** Receives candidates in their order. */
    interface Sink {
        /**
         * Takes a candidate; waits while there is no room for it.
         *
         * @param candidate the next one
         * @param skipped what the source left out since the candidate before
         */
        void accept(Candidate candidate, SkipLog.Part skipped) throws IOException, InterruptedException;

        /**
         * Learns that a pass is over.
         *
         * @param skipped what the source left out since the last candidate
         */
        void endPass(long epoch, SkipLog.Part skipped) throws IOException, InterruptedException;
    }

    private final SampleSource source;
    private final SampleOrder order;
    private final StreamPosition start;
    private final long epochs;

    /** Where reading stops in each epoch. */
    private final long end;

    private final SkipLog skipped = SkipLog.collecting();

    private CandidateReader(SampleSource source, SampleOrder order, StreamPosition start, long epochs, long end) {
        this.source = source;
        this.order = order;
        this.start = start;
        this.epochs = epochs;
        this.end = end;
    }

    /**
     * Reads again and again.
     *
     * @param start where to begin, perhaps in the middle of an epoch
     */
    static CandidateReader endless(SampleSource source, SampleOrder order, StreamPosition start) {
        return new CandidateReader(source, order, start, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /**
     * Reads samples once.
     *
     * @param range which of them
     */
    static CandidateReader once(SampleSource source, SampleOrder order, SampleRange range) {
        return new CandidateReader(source, order, new StreamPosition(0, range.first(), range.first()), 1, range.end());
    }

    /**
     * Reads to the end of the last pass.
     *
     * @throws IOException if the source is broken, has no usable sample, or ends before the position to begin at
     * @throws java.io.UncheckedIOException likewise
     * @throws InterruptedException if this thread is interrupted, or from the sink
     */
    void readAll(Sink sink) throws IOException, InterruptedException {
        for (long epoch = start.epoch(); epoch - start.epoch() < epochs; epoch++) {
            long first = epoch == start.epoch() ? start.candidate() : 0;
            if (order.isWhole()) {
                readByNumber(epoch, first, sink);
            } else if (epochs > 1 || order.shuffleBuffer() > 0 || !readAsNumbered(first, sink)) {
                readEpoch(epoch, first, sink);
            }
        }
    }

    /** Names the samples of an epoch in their order, from any place on; the workers read them. */
    private void readByNumber(long epoch, long first, Sink sink) throws IOException, InterruptedException {
        NumberedSamples samples = source.numbered(epoch, order)
                .orElseThrow(() -> new IOException(source.describe() + " cannot be read by number, so it cannot be"
                        + " shuffled as a whole; a shuffle buffer can be used"));
        requireEnough(samples.count(), epoch, first);
        KeyedPermutation numbers = order.permutation(samples.count(), epoch);
        for (long place = first; place < samples.count(); place++) {
            long number = numbers.at(place);
            Candidate candidate = new Candidate(epoch, place, log -> samples.read(number, log));
            sink.accept(candidate, SkipLog.Part.EMPTY);
        }
        sink.endPass(epoch, SkipLog.Part.EMPTY);
    }

    /**
     * Samples once, as they are stored, where they can be read by number: a list's have their places then whether their
     * files are there or not, and nothing before the first is read.
     */
    private boolean readAsNumbered(long first, Sink sink) throws IOException, InterruptedException {
        Optional<NumberedSamples> numbered = source.numbered(0, order);
        if (numbered.isEmpty()) {
            return false;
        }
        NumberedSamples samples = numbered.get();
        requireEnough(samples.count(), 0, first);
        for (long place = first; place < Math.min(end, samples.count()); place++) {
            long number = place;
            sink.accept(new Candidate(0, place, log -> samples.read(number, log)), SkipLog.Part.EMPTY);
        }
        sink.endPass(0, SkipLog.Part.EMPTY);
        return true;
    }

    private void readEpoch(long epoch, long first, Sink sink) throws IOException, InterruptedException {
        long candidate = 0;
        try (SampleSource.Pass stream = source.open(epoch, order, skipped)) {
            while (candidate < end && stream.hasNext()) {
                ImageTextSample sample = stream.next();
                if (Thread.interrupted()) {
                    throw new InterruptedException(); // closed, perhaps on the long way to where reading goes on
                }
                SkipLog.Part before = skipped.take();
                if (candidate >= first) { // else it was all told when this place was passed the first time
                    sink.accept(Candidate.of(epoch, candidate, sample), before);
                }
                candidate++;
            }
        }
        requireEnough(candidate, epoch, first);
        sink.endPass(epoch, skipped.take());
    }

    private void requireEnough(long samples, long epoch, long first) throws IOException {
        if (samples == 0) {
            throw new IOException("No usable sample in " + source.describe() + " (" + skipped.summary() + ")"
                    + skipped.messages().stream()
                            .findFirst()
                            .map(", first: "::concat)
                            .orElse(""));
        }
        if (samples < first) {
            throw new IOException("Cannot go on at sample " + first + " of epoch " + epoch + ": " + source.describe()
                    + " has only " + samples + " usable samples now; have the data changed?");
        }
    }
}
