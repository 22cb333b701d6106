package org.glip.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
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
 * full and no sample is dropped; only {@link #singleEpoch} ends, with a batch that may be short, and leaves out what
 * does not decode.
 *
 * <p><b>Fixed places.</b> In training, every sample has its place in the stream and so in its batch, whether it decodes
 * or not. A picture that does not is counted in {@link #skipped}, and into its place comes the next sample of the same
 * batch that does (after the last the first). A batch without any is passed over, with its indices.
 *
 * <p><b>Several processes.</b> Where {@link LoaderConfig#share} is a part, all processes read the same stream; each
 * prepares and delivers its own rows of each batch, and whatever their number, together they are the same batches, bad
 * pictures included. {@link Batch#firstSampleIndex} is that of the first own row, {@link Batch#end} the place after the
 * global batch. All need the same data and, for huge pictures, the same heap.
 *
 * <p><b>Global sample index.</b> The number of places before this one since the beginning of the run; so sample i of a
 * batch has {@code firstSampleIndex + i}. Crops and flips are keyed by (seed, epoch, place in the epoch). Both, and so
 * every byte of a batch, are functions of source, seed and configuration: they do not depend on the number of
 * processes or workers, on timing or on where a run was resumed.
 *
 * <p><b>Bad samples.</b> What cannot be used is left out, counted and told ({@link #skipped}); at 1 % of all, a warning
 * says so. Above {@link LoaderConfig#maxBadPercent} an endless loader stops: at the end of a pass, or before where no
 * chance explains it. All of that depends on the place in the stream alone.
 *
 * <p><b>Resuming.</b> A loader that begins at {@link Batch#end} gives the batches that would have followed. What lies
 * before that in the epoch is read again but not decoded.
 *
 * <p><b>Memory.</b> At most one batch of prepared samples waits besides the one being put together, both with their
 * encoded pictures, and the shuffle buffer holds encoded samples.
 *
 * <p>Used by one thread; {@link #close} may come from another.
 */
public final class BatchLoader implements Iterator<Batch>, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BatchLoader.class);

    private final SampleSource source;
    private final LoaderConfig config;
    private final boolean isEndless;
    private final ShareSkips skips;
    private final SamplePreparation preparation;
    private final PreparationPipeline pipeline;
    private volatile boolean closed;

    /** The batch being put together; kept where waiting is interrupted. */
    private @Nullable BatchAssembly assembly;

    private @Nullable Batch upcoming;

    /** Whether this is a part of a single epoch. */
    private final boolean isPart;

    /** Places of samples passed, whether these could be used or not. */
    private long passedSamples;

    /** Places of a single epoch whose samples could not be used. */
    private long badRows;

    /** Whether a batch was delivered. */
    private boolean delivered;

    /** The last epoch of which a picture was delivered, or the one before the first. */
    private long lastGoodEpoch;

    /** The last epoch that is over, or -1. */
    private long lastEpoch = -1;

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
        this(source, tokenizer, config, start, null, new ShareSkips(config.share(), start.skipped()));
    }

    /** @param range what a single epoch reads; null for an endless loader */
    private BatchLoader(
            SampleSource source,
            ClipTokenizer tokenizer,
            LoaderConfig config,
            StreamPosition start,
            @Nullable SampleRange range,
            ShareSkips skips) {
        this.source = source;
        this.config = config;
        this.isEndless = range == null;
        this.isPart = range != null && !range.equals(SampleRange.ALL);
        this.skips = skips;
        this.passes = start.epoch() + 1;
        this.passedSamples = start.sample();
        this.lastGoodEpoch = start.candidate() == 0 ? start.epoch() - 1 : start.epoch();
        this.preparation = new SamplePreparation(tokenizer, config);
        CandidateReader candidates = range == null
                ? CandidateReader.endless(source, config.order(), start)
                : CandidateReader.once(source, config.order(), range);
        this.pipeline = new PreparationPipeline(candidates, preparation, config);
    }

    /**
     * Returns a loader for evaluation: each sample once. A batch is shorter where pictures do not decode, and the last
     * one where the source ends.
     *
     * @param source the data set
     * @param tokenizer for the captions
     * @param config batch size, order, threads, transform
     * @return the loader, to be closed by the caller
     * @throws IllegalArgumentException if the share is not the whole
     */
    public static BatchLoader singleEpoch(SampleSource source, ClipTokenizer tokenizer, LoaderConfig config) {
        return singleEpoch(source, tokenizer, config, new ShareSkips(config.share(), SkipCounts.NONE));
    }

    /**
     * Returns the same for data that are gone through again and again: what is left out, was told the first time.
     *
     * @param source the data set
     * @param tokenizer for the captions
     * @param config batch size, order, threads, transform
     * @return the loader, to be closed by the caller
     * @throws IllegalArgumentException if the share is not the whole
     */
    public static BatchLoader repeatedEpoch(SampleSource source, ClipTokenizer tokenizer, LoaderConfig config) {
        BatchLoader loader = singleEpoch(source, tokenizer, config, ShareSkips.untold());
        loader.warned = true;
        return loader;
    }

    private static BatchLoader singleEpoch(
            SampleSource source, ClipTokenizer tokenizer, LoaderConfig config, ShareSkips skips) {
        if (!config.share().isWhole()) {
            throw new IllegalArgumentException("the batches of a single epoch are not shared among processes");
        }
        return new BatchLoader(source, tokenizer, config, StreamPosition.START, SampleRange.ALL, skips);
    }

    /**
     * Returns a loader of some of the batches of {@link #singleEpoch}, to the last bit the same: a part of an
     * evaluation. A part may be without a picture. Of what is left out it tells the bad pictures only; what the source
     * itself leaves out is nobody's part ({@link SampleSource#leftOut}).
     *
     * @param source the data set; shards with a {@link DataIndex}
     * @param tokenizer for the captions
     * @param config as for the whole; the samples keep their order
     * @param range the samples of whole batches
     * @return the loader, to be closed by the caller
     * @throws IllegalArgumentException if the range does not begin with a batch, or the samples are shuffled
     */
    public static BatchLoader part(
            SampleSource source, ClipTokenizer tokenizer, LoaderConfig config, SampleRange range) {
        if (range.first() % config.batchSize() != 0 || config.shuffleBuffer() > 0) {
            throw new IllegalArgumentException("a part begins with a batch of the samples as they are stored, and no"
                    + " batch of " + config.batchSize() + " begins at " + range.first());
        }
        StreamPosition start = new StreamPosition(0, range.first(), range.first());
        return new BatchLoader(source, tokenizer, config, start, range, new ShareSkips(config.share(), start.skipped()));
    }

    /**
     * {@return the samples left out up to the last batch since the beginning of the run, for whatever reason; a
     * function of the place in the stream. Of several processes, each tells what stands with it alone: the first what
     * the source leaves out, and every one the bad pictures of its rows}
     */
    public SkipLog skipped() {
        return skips.log();
    }

    /**
     * {@return how large a part of the samples up to the last batch was bad, and how large it may be; of several
     * processes, each judges by its own rows}
     */
    public BadShare badShare() {
        SkipCounts counts = skips.ofAll();
        long passed = passedSamples + (assembly == null ? 0 : assembly.size());
        long badPlaces = isEndless ? badPlaces(counts) : badRows;
        double most = isEndless ? config.maxBadPercent() : 100;
        return BadShare.of(Math.max(0, passed - badPlaces), counts, passes, most);
    }

    /** Bad samples that had a place in a batch: of an order known beforehand all, of a stream what did not decode. */
    private long badPlaces(SkipCounts counts) {
        return config.order().isWhole() ? counts.total() : counts.of(Reason.UNDECODABLE_IMAGE);
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
        while (true) {
            if (assembly == null) {
                assembly = isEndless
                        ? new FixedPlaces(config, preparation, passedSamples)
                        : new LeavingOut(config, passedSamples);
            }
            boolean isOver = !fill(assembly);
            Batch batch = assembly.build(skips.log().snapshot());
            if (batch != null) {
                lastGoodEpoch = batch.end().epoch();
                passedSamples = batch.end().sample();
                delivered = true;
                assembly = null;
                return batch;
            }
            if (isOver && (isPart || delivered)) {
                return null;
            }
            if (isOver || lastEpoch > lastGoodEpoch) {
                // a whole epoch has passed without a picture; going on would never end
                throw noPictureDecodes();
            }
            passedSamples = assembly.end().sample();
            assembly = null;
        }
    }

    /** Returns false if the source ends before the batch is full. */
    private boolean fill(BatchAssembly batch) throws IOException, InterruptedException {
        while (!batch.isFull()) {
            LoaderItem item = pipeline.next();
            if (item == null) {
                return false;
            }
            if (!isPart) {
                skips.addOfSource(item.skippedBefore());
            }
            if (item instanceof PreparedSample prepared) {
                add(prepared, batch);
            } else if (item instanceof LoaderItem.PassEnd end) {
                lastEpoch = end.epoch();
                endPass();
            }
        }
        return true;
    }

    private void add(PreparedSample prepared, BatchAssembly batch) throws IOException {
        passes = prepared.candidate().epoch() + 1;
        batch.add(prepared);
        if (prepared.fault() != null) {
            badRows++;
            skips.addOfRow(prepared.fault());
        }
        BadShare share = badShare();
        if (share.isTooLargeBeyondChance()) {
            throw tooManyBad(share);
        }
        warnIf(share.isNotableAlready(), share);
    }

    private void endPass() throws IOException {
        BadShare share = badShare();
        if (share.isTooLarge()) {
            throw share.bad() == share.met() ? noPictureDecodes() : tooManyBad(share);
        }
        warnIf(share.isNotable(), share);
    }

    private void warnIf(boolean notable, BadShare share) {
        if (notable && !warned) {
            warned = true;
            LOG.warn("{}: {}; {}", source.describe(), share.words(), skipped().summary());
        }
    }

    private IOException tooManyBad(BadShare share) {
        return new IOException(share.words() + " of " + source.describe() + ", and " + share.limit() + "; "
                + skipped().summary() + ", first: "
                + skipped().messages().stream().findFirst().orElse("in an earlier part of the run"));
    }

    private IOException noPictureDecodes() {
        return new IOException(
                "No picture of " + source.describe() + " decodes (" + skipped().summary() + "), first: "
                        + skipped().messages().stream().findFirst().orElse(""));
    }

    /** Ends reading and preparing, and with it the threads. Does nothing the second time. */
    @Override
    public void close() {
        closed = true;
        pipeline.close();
    }
}
