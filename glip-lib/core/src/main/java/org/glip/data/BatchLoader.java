package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import org.glip.data.PreparedSample.Content;
import org.glip.data.SkipLog.Reason;
import org.glip.text.ClipTokenizer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Batches of a source: read and shuffled by one thread, decoded, transformed and tokenised by several, delivered in
 * order.
 *
 * <p><b>The stream.</b> Passes over the source (epochs) follow each other without a gap, so that batches are always
 * full and no sample is dropped; only {@link #singleEpoch} ends, with a batch that may be short. A picture that does
 * not decode is counted in {@link #skipped} and the next sample takes its place.
 *
 * <p><b>Global sample index.</b> The number of samples delivered before this one since the beginning of the run; so
 * sample i of a batch has {@code firstSampleIndex + i}. Crops and flips are keyed by (seed, epoch, place in the epoch)
 * instead, because they are drawn before it is known which earlier pictures decode. Both, and so every byte of a batch,
 * are functions of source, seed and configuration: they do not depend on the number of workers, on timing or on where a
 * run was resumed.
 *
 * <p><b>Bad samples.</b> What cannot be used is left out, counted and told ({@link #skipped}); at 1 % of all, a warning
 * says so. Above {@link LoaderConfig#maxBadPercent} an endless loader stops: at the end of a pass, or before where no
 * chance explains it. All of that depends on the place in the stream alone.
 *
 * <p><b>Resuming.</b> A loader that begins at {@link Batch#end} gives the batches that would have followed. What lies
 * before that in the epoch is read again but not decoded.
 *
 * <p><b>Memory.</b> At most one batch of prepared samples waits besides the one being put together, and the shuffle
 * buffer holds encoded samples.
 *
 * <p>Used by one thread; {@link #close} may come from another.
 */
public final class BatchLoader implements Iterator<Batch>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLoader.class);

    private final SampleSource source;
    private final LoaderConfig config;
    private final double mostBadPercent;
    private final SkipLog skipped;
    private final PreparationPipeline pipeline;
    private volatile boolean closed;

    /** The batch being put together; kept where waiting is interrupted. */
    private @Nullable BatchBuilder builder;

    private @Nullable Batch upcoming;
    private long deliveredSamples;

    /** The last epoch of which a picture has decoded, or the one before the first. */
    private long lastGoodEpoch;

    /** Passes over the source that were begun. */
    private long passes;

    private boolean warned;

    /** Why no batch comes any more. */
    private @Nullable IOException stopped;

    /**
     * An endless loader for training; reading begins at once.
     *
     * @param source the data set
     * @param tokenizer for the captions
     * @param config batch size, order, threads, transform
     * @param start {@link StreamPosition#START}, or the end of the last batch of a run that is to go on
     */
    public BatchLoader(SampleSource source, ClipTokenizer tokenizer, LoaderConfig config, StreamPosition start) {
        this(source, tokenizer, config, start, Long.MAX_VALUE, config.maxBadPercent());
    }

    private BatchLoader(
            SampleSource source,
            ClipTokenizer tokenizer,
            LoaderConfig config,
            StreamPosition start,
            long epochs,
            double mostBadPercent) {
        this.source = source;
        this.config = config;
        this.mostBadPercent = mostBadPercent;
        this.skipped = SkipLog.from(start.skipped());
        this.passes = start.epoch() + 1;
        this.deliveredSamples = start.sample();
        this.lastGoodEpoch = start.candidate() == 0 ? start.epoch() - 1 : start.epoch();
        this.pipeline = new PreparationPipeline(
                new CandidateReader(source, config.order(), start, epochs),
                new SamplePreparation(tokenizer, config),
                config.workers(),
                Math.max(config.batchSize(), 2 * config.workers()));
    }

    /**
     * Returns a loader for evaluation: each sample once; the last batch may be shorter.
     *
     * @param source the data set
     * @param tokenizer for the captions
     * @param config batch size, order, threads, transform
     * @return the loader, to be closed by the caller
     */
    public static BatchLoader singleEpoch(SampleSource source, ClipTokenizer tokenizer, LoaderConfig config) {
        return new BatchLoader(source, tokenizer, config, StreamPosition.START, 1, 100);
    }

    /**
     * {@return the samples left out up to the last batch since the beginning of the run, for whatever reason; a
     * function of the place in the stream}
     */
    public SkipLog skipped() {
        return skipped;
    }

    /** {@return how large a part of the samples up to the last batch was bad, and how large it may be} */
    public BadShare badShare() {
        long good = deliveredSamples + (builder == null ? 0 : builder.size());
        return BadShare.of(good, skipped.snapshot(), passes, mostBadPercent);
    }

    /**
     * Waits for the next batch.
     *
     * @return false only at the end of a single epoch
     * @throws UncheckedIOException if the source is broken, has no sample that can be used, or more bad ones than
     *     {@link LoaderConfig#maxBadPercent} allows; the message is complete
     * @throws CancellationException if this thread is interrupted (its interrupt flag stays set, and a later call goes
     *     on where this one stopped), or if the loader is closed meanwhile
     * @throws IllegalStateException if the loader is closed, or preparing a sample failed for another reason than its
     *     picture
     */
    @Override
    public boolean hasNext() {
        if (closed) {
            throw new IllegalStateException("the loader is closed");
        }
        if (upcoming == null) {
            try {
                if (stopped != null) {
                    throw stopped;
                }
                upcoming = assemble();
            } catch (IOException e) {
                stopped = e;
                throw new UncheckedIOException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while waiting for the next batch");
            }
        }
        return upcoming != null;
    }

    /**
     * Returns the next batch; waits for it. Throws what {@link #hasNext} throws.
     *
     * @throws NoSuchElementException after the end of a single epoch
     */
    @Override
    public Batch next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more batches of " + source.describe());
        }
        Batch batch = upcoming;
        upcoming = null;
        return batch;
    }

    /** The next batch, which is short if the source ends, or null if nothing is left. */
    private @Nullable Batch assemble() throws IOException, InterruptedException {
        if (builder == null) {
            builder = new BatchBuilder(config, deliveredSamples);
        }
        while (!builder.isFull()) {
            LoaderItem item = pipeline.next();
            if (item == null) {
                break;
            }
            skipped.add(item.skippedBefore());
            if (item instanceof PreparedSample prepared) {
                add(prepared, builder);
            } else if (item instanceof LoaderItem.PassEnd end) {
                endPass(end);
            }
        }
        if (builder.isEmpty()) {
            if (deliveredSamples == 0) {
                throw noPictureDecodes();
            }
            return null;
        }
        Batch batch = builder.build(skipped.snapshot());
        deliveredSamples = batch.end().sample();
        builder = null;
        return batch;
    }

    private void add(PreparedSample prepared, BatchBuilder builder) throws IOException {
        passes = prepared.epoch() + 1;
        Content content = prepared.content();
        if (content != null) {
            builder.add(prepared, content);
            lastGoodEpoch = prepared.epoch();
        } else {
            skipped.skip(Reason.UNDECODABLE_IMAGE, prepared.sample().origin(), prepared.fault());
        }
        BadShare share = badShare();
        if (share.isTooLargeBeyondChance()) {
            throw tooManyBad(share);
        }
        warnIf(share.isNotableAlready(), share);
    }

    private void endPass(LoaderItem.PassEnd end) throws IOException {
        if (end.epoch() > lastGoodEpoch) {
            // a whole epoch has passed without a picture; going on would never end
            throw noPictureDecodes();
        }
        BadShare share = badShare();
        if (share.isTooLarge()) {
            throw tooManyBad(share);
        }
        warnIf(share.isNotable(), share);
    }

    private void warnIf(boolean notable, BadShare share) {
        if (notable && !warned) {
            warned = true;
            LOG.warn("{}: {}; {}", source.describe(), share.words(), skipped.summary());
        }
    }

    private IOException tooManyBad(BadShare share) {
        return new IOException(share.words() + " of " + source.describe() + ", and " + share.limit() + "; "
                + skipped.summary() + ", first: "
                + skipped.messages().stream().findFirst().orElse("in an earlier part of the run"));
    }

    private IOException noPictureDecodes() {
        return new IOException("No picture of " + source.describe() + " decodes (" + skipped.summary() + "), first: "
                + skipped.messages().stream().findFirst().orElse(""));
    }

    /** Ends reading and preparing, and with it the threads. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
        pipeline.close();
    }
}
