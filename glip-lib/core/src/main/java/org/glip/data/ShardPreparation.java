package org.glip.data;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import org.glip.data.SkipLog.Reason;
import org.glip.image.DecodingMemory;
import org.glip.image.EncodedPicture;
import org.glip.image.ImageDecoder;
import org.glip.image.ShrunkPicture;
import org.glip.image.StoredImage;
import org.jspecify.annotations.Nullable;

/**
 * Makes webdataset shards of even size of any source of pairs: each picture is decoded, to see that it can be, and
 * shrunk where that is asked for. One range of samples in, one shard out: shards can be made in any order, by any
 * process, and twice, and have the same bytes.
 *
 * <p>Shard k is {@code 00000.tar} and so on, of the samples k * S to (k + 1) * S as they are stored. What cannot be
 * used is left out and counted, and moves no other sample to another shard; what the source itself leaves out has no
 * place ({@link SampleSource#leftOut}). The key of a sample is its place, nine digits; its key in the source is kept in
 * the metadata under {@value #SOURCE_KEY}, where that is free.
 *
 * @param source the pairs; shards with a {@link DataIndex}
 * @param perShard samples of a shard, S, at least 1
 * @param shorterSide pixels to which the shorter side of a picture is shrunk where it is longer; it becomes a JPEG
 *     then. 0 to keep all pictures as they are
 */
public record ShardPreparation(SampleSource source, int perShard, int shorterSide) {
    /** Field of the metadata with the key that a sample had in the source. */
    public static final String SOURCE_KEY = "source_key";

    private static final int AT_ONCE = 64;

    /** Checks the ranges. */
    public ShardPreparation {
        if (perShard < 1 || shorterSide < 0) {
            throw new IllegalArgumentException("a shard has at least 1 sample, and a side no less than 0 pixels; not "
                    + perShard + " and " + shorterSide);
        }
    }

    /**
     * A shard that was made.
     *
     * @param name of its file; there is none if it has no sample
     * @param samples in it
     * @param bytes of its file
     * @param skipped what was left out of its range
     */
    public record Shard(String name, long samples, long bytes, SkipCounts skipped) {}

    /**
     * {@return how many shards there will be}
     *
     * @throws IOException if the source cannot be read
     */
    public long shards() throws IOException {
        return (source.countSamples() + perShard - 1) / perShard;
    }

    /**
     * Makes one shard. It appears whole or not at all, and replaces one that is there.
     *
     * @param number of the shard, from 0
     * @param folder where it belongs
     * @return what is in it
     * @throws IOException if the source cannot be read, or the shard not written
     * @throws CancellationException if the thread is interrupted; its flag stays set
     */
    public Shard write(long number, Path folder) throws IOException {
        long samples = source.countSamples();
        SampleRange range =
                new SampleRange(Math.min(samples, number * perShard), Math.min(samples, (number + 1) * perShard));
        Files.createDirectories(folder);
        String name = String.format(Locale.ROOT, "%05d.tar", number);
        Path file = folder.resolve(name);
        SkipLog skipped = new SkipLog();
        try (WebDatasetWriter writer = new WebDatasetWriter(file)) {
            Writing writing = new Writing(writer, skipped);
            if (!range.isEmpty()) {
                CandidateReader.once(source, SampleOrder.asStored(), range).readAll(writing);
            }
            if (writing.written > 0) {
                writer.commit();
            }
            long bytes = writing.written > 0 ? Files.size(file) : 0;
            return new Shard(name, writing.written, bytes, new SkipCounts(skipped.counts()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while a shard is made");
        }
    }

    /** Prepares some samples at once, and writes them in order. */
    private final class Writing implements CandidateReader.Sink {
        private final WebDatasetWriter writer;
        private final SkipLog skipped;
        private final DecodingMemory memory = DecodingMemory.ofTheHeap();
        private final List<Candidate> waiting = new ArrayList<>();
        private long written;

        Writing(WebDatasetWriter writer, SkipLog skipped) {
            this.writer = writer;
            this.skipped = skipped;
        }

        @Override
        public void accept(Candidate candidate, SkipLog.Part ofSource) throws IOException {
            waiting.add(candidate);
            if (waiting.size() == AT_ONCE) {
                flush();
            }
        }

        @Override
        public void endPass(long epoch, SkipLog.Part ofSource) throws IOException {
            flush();
        }

        private void flush() throws IOException {
            List<Prepared> prepared =
                    waiting.parallelStream().map(this::prepare).toList();
            waiting.clear();
            for (Prepared one : prepared) {
                skipped.add(one.fault);
                if (one.sample != null) {
                    writer.write(one.sample);
                    written++;
                }
            }
        }

        private Prepared prepare(Candidate candidate) {
            SkipLog own = SkipLog.collecting();
            try {
                ImageTextSample sample = candidate.stored().read(own);
                ImageTextSample ready = sample == null ? null : prepare(sample, candidate.place(), own);
                return new Prepared(ready, own.take());
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException("interrupted while a picture is prepared");
            }
        }

        private @Nullable ImageTextSample prepare(ImageTextSample sample, long place, SkipLog own)
                throws InterruptedException {
            byte[] picture;
            try {
                EncodedPicture encoded = ImageDecoder.open(sample.image(), sample.origin());
                try (DecodingMemory.Room room = memory.roomFor(encoded)) {
                    StoredImage decoded = encoded.decode();
                    boolean isLarge = shorterSide > 0 && Math.min(decoded.width(), decoded.height()) > shorterSide;
                    picture = isLarge ? ShrunkPicture.jpeg(decoded.toRgb(), shorterSide) : sample.image();
                }
            } catch (IOException e) {
                own.skip(Reason.UNDECODABLE_IMAGE, sample.origin(), String.valueOf(e.getMessage()));
                return null;
            }
            JsonObject metadata = sample.metadata().deepCopy();
            if (!metadata.has(SOURCE_KEY)) {
                metadata.addProperty(SOURCE_KEY, sample.key());
            }
            String key = String.format(Locale.ROOT, "%09d", place);
            return new ImageTextSample(key, picture, sample.caption(), metadata, sample.origin());
        }
    }

    /** A sample that is ready, or null, and why it is not. */
    private record Prepared(@Nullable ImageTextSample sample, SkipLog.Part fault) {}
}
