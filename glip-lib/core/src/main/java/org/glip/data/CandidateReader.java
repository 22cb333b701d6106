package org.glip.data;

import java.io.IOException;
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
        void accept(Candidate candidate, SkipLog.Part skipped) throws InterruptedException;

        /**
         * Learns that a pass is over.
         *
         * @param skipped what the source left out since the last candidate
         */
        void endPass(long epoch, SkipLog.Part skipped) throws InterruptedException;
    }

    private final SampleSource source;
    private final SampleOrder order;
    private final StreamPosition start;
    private final long epochs;
    private final SkipLog skipped = SkipLog.collecting();

    /**
     * @param start where to begin
     * @param epochs how many passes, the first of them perhaps from its middle on
     */
    CandidateReader(SampleSource source, SampleOrder order, StreamPosition start, long epochs) {
        this.source = source;
        this.order = order;
        this.start = start;
        this.epochs = epochs;
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
            } else {
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

    private void readEpoch(long epoch, long first, Sink sink) throws IOException, InterruptedException {
        long candidate = 0;
        try (SampleSource.Pass stream = source.open(epoch, order, skipped)) {
            while (stream.hasNext()) {
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
